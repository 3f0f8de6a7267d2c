package dev.foresail.eval.proposer;

import dev.foresail.network.topology.Topology;

/**
 * Links between regions: those of another topology with some jitter, of which one may be overloaded, in both directions: its queues make
 * it longer and lose messages now and then. Immutable.
 *
 * @param base whose latencies are taken
 * @param one an end of the overloaded link
 * @param other its other end; the same as {@code one} when there is none
 */
record ReplicaLinks(Topology base, int one, int other) implements Topology {
    private static final double JITTER = 0.05;
    private static final long QUEUE_NANOS = 120_000_000L;
    private static final double OVERLOADED_JITTER = 0.2;
    private static final double OVERLOADED_LOSS = 0.01;

    private boolean isOverloaded(int from, int to) {
        return one != other && (from == one && to == other || from == other && to == one);
    }

    @Override
    public int size() {
        return base.size();
    }

    @Override
    public long latencyNanos(int from, int to) {
        return base.latencyNanos(from, to) + (isOverloaded(from, to) ? QUEUE_NANOS : 0);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return base.bandwidthBytesPerSecond(from, to);
    }

    @Override
    public double lossProbability(int from, int to) {
        return isOverloaded(from, to) ? OVERLOADED_LOSS : 0;
    }

    @Override
    public double jitterFraction(int from, int to) {
        return isOverloaded(from, to) ? OVERLOADED_JITTER : JITTER;
    }
}
