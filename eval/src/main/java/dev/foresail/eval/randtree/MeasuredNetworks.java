package dev.foresail.eval.randtree;

import dev.foresail.network.topology.MatrixOptions;
import dev.foresail.network.topology.MatrixReader;
import dev.foresail.network.topology.SampledTopology;
import dev.foresail.network.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The measured network that depths are also taken on: the medians of PlanetLab's round trips. Immutable. */
public final class MeasuredNetworks {
    public static final String FILE = "planetlab490-rtt-median.csv.gz";

    private final Topology whole;

    private MeasuredNetworks(Topology whole) {
        this.whole = whole;
    }

    /** Empty when {@code directory} does not hold {@link #FILE}. */
    public static Optional<MeasuredNetworks> in(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(
                new MeasuredNetworks(MatrixReader.read(file, MatrixOptions.of(MatrixOptions.Meaning.ROUND_TRIP))));
    }

    /** Some endpoints of it, other ones for every seed. */
    public Topology sample(int nodes, long seed) {
        return SampledTopology.sample(whole, nodes, seed);
    }
}
