package dev.foresail.eval.blocks;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.topology.Topology;

/**
 * The links of Bullet's experiment: each of its own length and its own losses, which TCP feels as a limit to its bandwidth, and at most 2 Mbps. Where
 * they change, every 20 s half of the nodes are drawn, and for each of them half of the others, from which it gets half as much from then on.
 * What is lost twice is a quarter. All is drawn by hashes. Immutable and thread-safe.
 *
 * <p>The limit is that of Mathis et al. (The macroscopic behavior of the TCP congestion avoidance algorithm, 1997): MSS / RTT sqrt(1.5 / p).
 */
final class MeshLinks implements Topology {
    private static final double MOST_BYTES_PER_SECOND = 2e6 / 8;
    private static final double LEAST_MILLIS = 5;
    private static final double MOST_MILLIS = 200;
    private static final double MOST_LOSS = 0.03;
    private static final double SEGMENT_BYTES = 1460;
    private static final long PERIOD_NANOS = 20_000_000_000L;

    private final int nodes;
    private final long key;
    private final boolean halves;

    /** @param halves whether bandwidths change */
    MeshLinks(int nodes, long seed, boolean halves) {
        this.nodes = nodes;
        this.key = Hashing.combine(seed, Hashing.ofText("mesh links"));
        this.halves = halves;
    }

    private double drawn(long what, long which) {
        return (Hashing.mix(key + Hashing.mix(what << 32 ^ Hashing.mix(which))) >>> 11) * 0x1.0p-53;
    }

    private static long pair(int from, int to) {
        return (long) from << 32 | to;
    }

    @Override
    public int size() {
        return nodes;
    }

    @Override
    public long latencyNanos(int from, int to) {
        long both = pair(StrictMath.min(from, to), StrictMath.max(from, to));
        return from == to ? 0 : (long) (1e6 * (LEAST_MILLIS + (MOST_MILLIS - LEAST_MILLIS) * drawn(1, both)));
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        double roundTripSeconds = roundTripNanos(from, to) / 1e9;
        double loss = MOST_LOSS * drawn(2, pair(from, to));
        return from == to
                ? Double.POSITIVE_INFINITY
                : StrictMath.min(MOST_BYTES_PER_SECOND, SEGMENT_BYTES / roundTripSeconds * StrictMath.sqrt(1.5 / loss));
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to, long nowNanos) {
        double bytesPerSecond = bandwidthBytesPerSecond(from, to);
        for (long time = 1; halves && time <= nowNanos / PERIOD_NANOS; time++) {
            boolean isHalved = drawn(2 * time + 1, to) < 0.5 && drawn(2 * time + 2, pair(from, to)) < 0.5;
            bytesPerSecond *= isHalved ? 0.5 : 1;
        }
        return bytesPerSecond;
    }

    /** What is lost costs bandwidth. */
    @Override
    public double lossProbability(int from, int to) {
        return 0;
    }
}
