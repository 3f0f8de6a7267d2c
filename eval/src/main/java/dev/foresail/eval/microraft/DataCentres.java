package dev.foresail.eval.microraft;

import dev.foresail.network.topology.Regions;
import dev.foresail.network.topology.Topology;

/**
 * Data centres that are alike and far from each other, with so many endpoints each, in order: a group of machines that answer each other
 * within milliseconds is in one. Without limits of bandwidth and without loss. Immutable, thread-safe.
 *
 * @param size number of endpoints, at least 1
 * @param endpointsEach in one data centre, at least 1
 */
record DataCentres(int size, int endpointsEach) implements Topology {
    private static final long WITHIN_NANOS = 1_000_000;
    private static final long BETWEEN_NANOS = 40_000_000;

    private int centreOf(int endpoint) {
        return endpoint / endpointsEach;
    }

    @Override
    public long latencyNanos(int from, int to) {
        if (from == to) {
            return 0;
        }
        return centreOf(from) == centreOf(to) ? WITHIN_NANOS : BETWEEN_NANOS;
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double lossProbability(int from, int to) {
        return 0;
    }

    @Override
    public Regions regions() {
        return new Regions(centreOf(size - 1) + 1, this::centreOf, (from, to) -> BETWEEN_NANOS);
    }
}
