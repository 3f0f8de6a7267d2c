package dev.foresail.steering.cli;

import dev.foresail.network.topology.MatrixOptions;
import dev.foresail.network.topology.MatrixReader;
import dev.foresail.network.topology.SampledTopology;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import dev.foresail.steering.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongFunction;
import picocli.CommandLine.Option;

/** The network of a simulation: measured or synthetic. A verb mixes it in. */
public final class TopologyOptions {
    @Option(
            names = "--topology",
            paramLabel = "FILE",
            description = "a matrix of latencies in microseconds (CSV); else a synthetic wide area for each seed")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--one-way", description = "the matrix holds one-way latencies, not round trips")
    private boolean oneWay;

    @Option(names = "--data", paramLabel = "DIR", description = "where --topology looks for a file that is not here")
    private Optional<Path> data = Optional.empty();

    /**
     * The network of each seed: a matrix with more endpoints than nodes is sampled anew for each.
     *
     * @throws ConfigurationException FS229 when the matrix has fewer endpoints than nodes
     */
    public LongFunction<Topology> topologies(int nodes) {
        if (file.isEmpty()) {
            return seed -> SyntheticWideArea.generate(nodes, seed);
        }
        Topology matrix = read(file.get());
        if (matrix.size() < nodes) {
            throw new ConfigurationException(
                    "FS229",
                    file.get() + " has " + matrix.size() + " endpoints, but there are " + nodes
                            + " nodes; give fewer --nodes or a larger matrix");
        }
        return matrix.size() == nodes ? seed -> matrix : seed -> SampledTopology.sample(matrix, nodes, seed);
    }

    /** The matrix as it is, if one was named. */
    Optional<Topology> matrix() {
        return file.map(this::read);
    }

    private Topology read(Path named) {
        boolean elsewhere = !Files.exists(named) && data.isPresent();
        Path found = elsewhere ? data.get().resolve(named) : named;
        if (!Files.exists(found)) {
            throw new ConfigurationException("FS229", "--topology: there is no file " + found);
        }
        MatrixOptions.Meaning meaning = oneWay ? MatrixOptions.Meaning.ONE_WAY : MatrixOptions.Meaning.ROUND_TRIP;
        return MatrixReader.read(
                found, MatrixOptions.of(meaning).withMissing(MatrixOptions.Missing.OPPOSITE_DIRECTION_OR_MEDIAN));
    }
}
