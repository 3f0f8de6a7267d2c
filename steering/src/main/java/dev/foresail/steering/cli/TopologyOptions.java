package dev.foresail.steering.cli;

import dev.foresail.network.topology.MatrixOptions;
import dev.foresail.network.topology.MatrixReader;
import dev.foresail.network.topology.NetworkLike;
import dev.foresail.network.topology.NetworkProfile;
import dev.foresail.network.topology.PowerLaw;
import dev.foresail.network.topology.SampledTopology;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.TransitStub;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The network of a simulation: measured or synthetic. A verb mixes it in. */
public final class TopologyOptions {
    private static final String POWER_LAW = "power-law";

    @Option(
            names = "--topology",
            paramLabel = "FILE",
            description = "a matrix of latencies in microseconds (CSV); else a synthetic wide area for each seed")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--like",
            paramLabel = "PROFILE|FILE",
            description = "a synthetic network like planetlab, cloud, or a matrix, of any number of nodes; or"
                    + " power-law; or transit-stub, with its own settings as transit-stub:stubRouters=5,clientMbps=2-8")
    private Optional<String> like = Optional.empty();

    @Option(names = "--one-way", description = "the matrix holds one-way latencies, not round trips")
    private boolean oneWay;

    @Option(names = "--data", paramLabel = "DIR", description = "where --topology looks for a file that is not here")
    private Optional<Path> data = Optional.empty();

    /** Networks of any size. */
    interface Networks {
        /** @throws ConfigurationException FS229 when there cannot be so many nodes */
        default void check(int nodes) {}

        /** The network of a seed. */
        Topology of(int nodes, long seed);
    }

    /**
     * The networks of so many nodes, by the seed: a matrix with more endpoints than nodes is sampled anew for each.
     *
     * @throws ConfigurationException FS229 when the matrix has fewer endpoints than nodes, FS370 when there is no such profile,
     *     FS395 when a setting of a transit-stub network is wrong
     */
    public LongFunction<Topology> topologies(int nodes) {
        Networks networks = networks();
        networks.check(nodes);
        return seed -> networks.of(nodes, seed);
    }

    /** As {@link #topologies}, of any number of nodes. */
    Networks networks() {
        expectOne();
        if (like.isPresent()) {
            return like(like.get());
        }
        return file.<Networks>map(named -> new Sampled(named, read(named))).orElse(SyntheticWideArea::generate);
    }

    /** A matrix as it is, or a part of it. */
    private record Sampled(Path file, Topology matrix) implements Networks {
        @Override
        public void check(int nodes) {
            if (matrix.size() < nodes) {
                throw new ConfigurationException(
                        "FS229",
                        file + " has " + matrix.size() + " endpoints, but there are " + nodes
                                + " nodes; give fewer --nodes or a larger matrix");
            }
        }

        @Override
        public Topology of(int nodes, long seed) {
            return matrix.size() == nodes ? matrix : SampledTopology.sample(matrix, nodes, seed);
        }
    }

    private Networks like(String named) {
        Optional<TransitStub> transitStub = TransitStubText.read(named);
        if (transitStub.isPresent()) {
            return transitStub.get()::generate;
        }
        if (named.equals(POWER_LAW)) {
            return PowerLaw::generate;
        }
        Optional<NetworkProfile> profile = NetworkProfile.KNOWN.stream()
                .filter(known -> known.name().equals(named))
                .findFirst();
        if (profile.isPresent()) {
            return (nodes, seed) -> NetworkLike.profile(profile.get(), nodes, seed);
        }
        Path path = found(Path.of(named));
        if (!Files.exists(path)) {
            List<String> names = Stream.concat(
                            NetworkProfile.KNOWN.stream().map(NetworkProfile::name),
                            Stream.of(TransitStubText.NAME, POWER_LAW))
                    .toList();
            throw new ConfigurationException(
                    "FS370", "--like: there is no profile or file '" + named + "'" + Nearest.hint(named, names));
        }
        Topology measured = read(path);
        if (measured.size() < 3) {
            throw new ConfigurationException(
                    "FS370", "--like: " + path + " has " + measured.size() + " endpoints; at least 3 were expected");
        }
        return (nodes, seed) -> NetworkLike.matrix(measured, nodes, seed);
    }

    /** The same on a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        file.ifPresent(path -> words.addAll(List.of("--topology", path.toString())));
        like.ifPresent(named -> words.addAll(List.of("--like", named)));
        data.ifPresent(path -> words.addAll(List.of("--data", path.toString())));
        if (oneWay) {
            words.add("--one-way");
        }
        return words;
    }

    /** The same for another machine. */
    void carry(CarriedOptions to) {
        file.ifPresent(named -> to.addFile("--topology", found(named)));
        like.ifPresent(named -> {
            if (isFile(named)) {
                to.addFile("--like", found(Path.of(named)));
            } else {
                to.add("--like", named);
            }
        });
        if (oneWay) {
            to.add("--one-way");
        }
    }

    /** Whether a value of {@code --like} names a file. */
    static boolean isFile(String like) {
        return !like.equals(POWER_LAW)
                && TransitStubText.read(like).isEmpty()
                && NetworkProfile.KNOWN.stream().noneMatch(known -> known.name().equals(like));
    }

    private void expectOne() {
        if (file.isPresent() && like.isPresent()) {
            throw new ConfigurationException(
                    "FS370", "--topology takes a matrix as it is, --like makes another: give one");
        }
    }

    /**
     * The matrix as it is, if one was named.
     *
     * @throws ConfigurationException FS370 when it stands beside another network
     */
    Optional<Topology> matrix() {
        expectOne();
        return file.map(this::read);
    }

    private Topology read(Path named) {
        return matrix(found(named), "--topology", oneWay);
    }

    private Path found(Path named) {
        return !Files.exists(named) && data.isPresent() ? data.get().resolve(named) : named;
    }

    /**
     * Reads a matrix.
     *
     * @throws ConfigurationException FS229 when there is no such file
     */
    static Topology matrix(Path path, String option, boolean oneWay) {
        if (!Files.exists(path)) {
            throw new ConfigurationException("FS229", option + ": there is no file " + path);
        }
        MatrixOptions.Meaning meaning = oneWay ? MatrixOptions.Meaning.ONE_WAY : MatrixOptions.Meaning.ROUND_TRIP;
        return MatrixReader.read(
                path, MatrixOptions.of(meaning).withMissing(MatrixOptions.Missing.OPPOSITE_DIRECTION_OR_MEDIAN));
    }
}
