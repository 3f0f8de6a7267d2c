package dev.foresail.eval.vivaldi;

import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * A network whose round trips are exactly those of places in a plane with heights above it: squares of 100 ms, heights of 1 to 10 ms.
 * What is wrong with coordinates there is the algorithm's doing alone. Immutable.
 */
final class KnownEmbedding implements Topology {
    private static final double SIDE_MILLIS = 100;

    private final List<HeightVector> places = new ArrayList<>();

    KnownEmbedding(int nodes, long seed) {
        RandomStream random = RandomStream.of(seed, "known embedding");
        for (int node = 0; node < nodes; node++) {
            places.add(new HeightVector(
                    SIDE_MILLIS * random.nextDouble(), SIDE_MILLIS * random.nextDouble(), 1 + 9 * random.nextDouble()));
        }
    }

    @Override
    public int size() {
        return places.size();
    }

    @Override
    public long latencyNanos(int from, int to) {
        return from == to ? 0 : (long) (places.get(from).distanceMillis(places.get(to)) * 1e6 / 2);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double lossProbability(int from, int to) {
        return 0;
    }
}
