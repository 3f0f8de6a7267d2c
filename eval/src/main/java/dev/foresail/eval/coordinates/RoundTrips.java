package dev.foresail.eval.coordinates;

import dev.foresail.network.topology.MatrixOptions;
import dev.foresail.network.topology.MatrixReader;
import dev.foresail.network.topology.Topology;
import java.nio.file.Path;

/** Measured round trips between all pairs of a network. Immutable. */
final class RoundTrips {
    private final Topology topology;

    RoundTrips(Topology topology) {
        this.topology = topology;
    }

    /** @throws dev.foresail.network.topology.MatrixFormatException when the file is no matrix */
    static RoundTrips read(Path file) {
        return new RoundTrips(MatrixReader.read(file, MatrixOptions.of(MatrixOptions.Meaning.ROUND_TRIP)));
    }

    int nodes() {
        return topology.size();
    }

    /** What {@code from} measures when it asks {@code to}. */
    long nanos(int from, int to) {
        // A file of round trips is kept as halves, each direction's own.
        return 2 * topology.latencyNanos(from, to);
    }

    double millis(int from, int to) {
        return nanos(from, to) / 1e6;
    }
}
