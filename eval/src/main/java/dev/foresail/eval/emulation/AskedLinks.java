package dev.foresail.eval.emulation;

import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;

/**
 * What is asked of the emulated links: the latencies of a wide-area network, unlimited rates and some loss; but every other
 * endpoint's link to the next has a rate, and loses nothing there and back. Immutable and thread-safe.
 */
final class AskedLinks implements Topology {
    private static final double[] MEGABITS = {10, 50, 100};
    private static final double[] LOSSES = {0.01, 0.02, 0.05};
    private static final double BYTES_PER_MEGABIT = 1e6 / 8;

    private final Topology latencies;

    /** @param nodes at least 1 */
    AskedLinks(int nodes, long seed) {
        latencies = SyntheticWideArea.generate(nodes, seed);
    }

    boolean hasRate(int from, int to) {
        return from % 2 == 0 && to == from + 1;
    }

    @Override
    public int size() {
        return latencies.size();
    }

    @Override
    public long latencyNanos(int from, int to) {
        return latencies.latencyNanos(from, to);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return hasRate(from, to) ? MEGABITS[from / 2 % MEGABITS.length] * BYTES_PER_MEGABIT : Double.POSITIVE_INFINITY;
    }

    @Override
    public double lossProbability(int from, int to) {
        return from == to || hasRate(from, to) || hasRate(to, from) ? 0 : LOSSES[(from + to) % LOSSES.length];
    }
}
