package dev.foresail.network.topology;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws what a message meets on a link: latency, plus a log-normal tail whose mean is the jitter's share of the latency, plus
 * the time its bytes take. Remembers which links lose a burst, so one is used by one thread; the same draws give the same answers
 * on every JDK.
 */
public final class LinkSampler {
    /**
     * Standard deviation of the tail's logarithm: the WonderProxy pings' median (max - min)/min is 19 times their median
     * (avg - min)/min, as the 99.9th percentile of such a tail lies above its mean.
     */
    private static final double TAIL_DEVIATION = 1.17;

    private static final LogNormalTail TAIL = new LogNormalTail(TAIL_DEVIATION);

    /** What a lost packet costs: the least retransmission time-out of common TCP stacks. */
    public static final long RETRANSMISSION_NANOS = 200_000_000L;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Topology topology;
    /** Only ever looked up, so their order does not matter. */
    private final Set<Long> losing = new HashSet<>();

    public LinkSampler(Topology topology) {
        this.topology = topology;
    }

    /**
     * One-way delay in nanoseconds of one message that finds the link idle, not below {@link Topology#latencyNanos}.
     * Takes one draw from {@code random}, on every link, so that links do not shift each other's draws.
     *
     * @param bytes size of the message, at least 0
     * @param nowNanos time since the beginning
     */
    public long delayNanos(int from, int to, long bytes, long nowNanos, RandomGenerator random) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a message cannot have " + bytes + " bytes");
        }
        double uniform = ((random.nextLong() >>> 12) + 0.5) * 0x1.0p-52;
        return topology.delayNanos(from, to, bytes, nowNanos, uniform);
    }

    /**
     * What a link's figures come to.
     *
     * @param jitterFraction the mean of what comes on top of the latency, as a share of it
     * @param uniform strictly between 0 and 1: which of the equally likely delays it is
     */
    static long delayNanos(long latencyNanos, double jitterFraction, double uniform, double transferNanos) {
        return saturatedSum(latencyNanos, tailNanos(latencyNanos * jitterFraction, uniform) + transferNanos);
    }

    /** As {@link Topology#leastNanos}. */
    public long leastNanos() {
        return topology.leastNanos();
    }

    /** As {@link Topology#touch}. */
    public long touch(int endpoint) {
        return topology.touch(endpoint);
    }

    /** Time the bytes take at the link's bandwidth, in nanoseconds; 0 when it is unlimited. */
    public double transferNanos(int from, int to, long bytes, long nowNanos) {
        return transferNanos(bytes, topology.bandwidthBytesPerSecond(from, to, nowNanos));
    }

    static double transferNanos(long bytes, double bytesPerSecond) {
        return bytes / bytesPerSecond * NANOS_PER_SECOND;
    }

    /**
     * As {@link #delayNanos}, with the losses on the way: each costs {@link #RETRANSMISSION_NANOS}, or a round trip when that is longer.
     * One draw more, and one more for each loss.
     */
    public long deliveryNanos(int from, int to, long bytes, long nowNanos, RandomGenerator random) {
        long delayNanos = delayNanos(from, to, bytes, nowNanos, random);
        while (isLost(from, to, nowNanos, random)) {
            long roundTripNanos = topology.roundTripNanos(from, to, nowNanos);
            delayNanos = saturatedSum(delayNanos, (double) StrictMath.max(RETRANSMISSION_NANOS, roundTripNanos));
        }
        return delayNanos;
    }

    /** Whether a message that is sent now is lost; takes one draw from {@code random}. */
    public boolean isLost(int from, int to, long nowNanos, RandomGenerator random) {
        double uniform = (random.nextLong() >>> 11) * 0x1.0p-53;
        double rate = topology.lossProbability(from, to, nowNanos);
        double burst = topology.lossBurst(from, to, nowNanos);
        return burst == 0 || rate == 0 ? uniform < rate : isLostInBurst((long) from << 32 | to, uniform, rate, burst);
    }

    private boolean isLostInBurst(long link, double uniform, double rate, double burst) {
        boolean lost = uniform < (losing.contains(link) ? 1 - 1 / burst : rate / (burst * (1 - rate)));
        if (lost) {
            losing.add(link);
        } else {
            losing.remove(link);
        }
        return lost;
    }

    private static double tailNanos(double meanNanos, double uniform) {
        return meanNanos == 0 ? 0 : meanNanos * TAIL.quantile(uniform);
    }

    private static long saturatedSum(long latencyNanos, double extraNanos) {
        long sum = latencyNanos + (long) extraNanos;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
