package dev.foresail.eval.epidemic;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.topology.Topology;

/** Another topology of which some links are slow: pairs are drawn by a hash, both ways alike. Immutable and thread-safe. */
final class SlowLinks implements Topology {
    private final Topology before;
    private final double share;
    private final double factor;
    private final long key;

    /**
     * @param share of the pairs that are slow, 0 to 1
     * @param factor what their latency is multiplied by
     */
    SlowLinks(Topology before, double share, double factor, long seed) {
        this.before = before;
        this.share = share;
        this.factor = factor;
        this.key = Hashing.mix(seed);
    }

    private boolean isSlow(int from, int to) {
        long pair = (long) StrictMath.min(from, to) << 32 | StrictMath.max(from, to);
        return (Hashing.mix(key + Hashing.mix(pair)) >>> 11) * 0x1.0p-53 < share;
    }

    @Override
    public int size() {
        return before.size();
    }

    @Override
    public long latencyNanos(int from, int to) {
        long usualNanos = before.latencyNanos(from, to);
        return isSlow(from, to) ? (long) (factor * usualNanos) : usualNanos;
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return before.bandwidthBytesPerSecond(from, to);
    }

    @Override
    public double lossProbability(int from, int to) {
        return before.lossProbability(from, to);
    }

    @Override
    public double lossBurst(int from, int to) {
        return before.lossBurst(from, to);
    }

    @Override
    public double jitterFraction(int from, int to) {
        return before.jitterFraction(from, to);
    }
}
