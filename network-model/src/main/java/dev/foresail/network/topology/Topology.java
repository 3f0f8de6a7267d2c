package dev.foresail.network.topology;

import java.util.List;

/**
 * The links between endpoints 0 to {@code size() - 1}, each direction on its own. Implementations are immutable and
 * thread-safe. An index out of range is an {@link IndexOutOfBoundsException}. Who knows what time it is asks with it, in
 * nanoseconds since the beginning: links may change ({@link VaryingTopology}).
 */
public interface Topology {
    /** How many endpoints there are, at least 1. */
    int size();

    /**
     * One-way latency of an otherwise idle link in nanoseconds, at least 0. From an endpoint to itself it is 0, but for
     * topologies that are made to show what a delay there does.
     */
    long latencyNanos(int from, int to);

    /** Bandwidth in bytes per second, above 0; {@link Double#POSITIVE_INFINITY} is unlimited. */
    double bandwidthBytesPerSecond(int from, int to);

    /** Probability in [0,1) that a message is lost. */
    double lossProbability(int from, int to);

    /** How many messages are lost in a row on average, as {@link Loss#burst}; 0 when each is lost on its own. */
    default double lossBurst(int from, int to) {
        return 0;
    }

    /** Mean of what comes on top of the latency, as a share of it, at least 0. */
    default double jitterFraction(int from, int to) {
        return 0;
    }

    /** Latency there and back, in nanoseconds. */
    default long roundTripNanos(int from, int to) {
        return latencyNanos(from, to) + latencyNanos(to, from);
    }

    /** As {@link #latencyNanos(int, int)}, at a time. */
    default long latencyNanos(int from, int to, long nowNanos) {
        return latencyNanos(from, to);
    }

    /** As {@link #bandwidthBytesPerSecond(int, int)}, at a time. */
    default double bandwidthBytesPerSecond(int from, int to, long nowNanos) {
        return bandwidthBytesPerSecond(from, to);
    }

    /**
     * How long a message takes that finds the link idle, in nanoseconds: latency, jitter and transfer, at a time. Whoever overrides it gives the
     * same number to the bit, sooner.
     *
     * @param bytes size of the message, at least 0
     * @param uniform strictly between 0 and 1: which of the equally likely delays it is
     */
    default long delayNanos(int from, int to, long bytes, long nowNanos, double uniform) {
        return LinkSampler.delayNanos(
                latencyNanos(from, to, nowNanos),
                jitterFraction(from, to),
                uniform,
                LinkSampler.transferNanos(bytes, bandwidthBytesPerSecond(from, to, nowNanos)));
    }

    /** As {@link #lossProbability(int, int)}, at a time. */
    default double lossProbability(int from, int to, long nowNanos) {
        return lossProbability(from, to);
    }

    /** As {@link #lossBurst(int, int)}, at a time. */
    default double lossBurst(int from, int to, long nowNanos) {
        return lossBurst(from, to);
    }

    /** As {@link #roundTripNanos(int, int)}, at a time. */
    default long roundTripNanos(int from, int to, long nowNanos) {
        return latencyNanos(from, to, nowNanos) + latencyNanos(to, from, nowNanos);
    }

    /**
     * Whether messages wait for each other: what an endpoint sends goes through its uplink, then over the link, then through the receiver's
     * downlink, each of which takes one message after the other. Else every message finds its link idle.
     */
    default boolean hasQueues() {
        return false;
    }

    /** What an endpoint's access takes out at a time, in bytes per second, above 0; it matters where there are queues. */
    default double uplinkBytesPerSecond(int endpoint, long nowNanos) {
        return Double.POSITIVE_INFINITY;
    }

    /** As {@link #uplinkBytesPerSecond}, of what it takes in. */
    default double downlinkBytesPerSecond(int endpoint, long nowNanos) {
        return Double.POSITIVE_INFINITY;
    }

    /** What no latency between two different endpoints is below, at any time, in nanoseconds; 0 where it is not known. */
    default long leastNanos() {
        return 0;
    }

    /** Brings into the processor's caches what will be looked up of an endpoint, where that is a saving; the answer says nothing. */
    default long touch(int endpoint) {
        return 0;
    }

    /** Which endpoints are near each other; without knowledge of it, all are in one region. */
    default Regions regions() {
        return Regions.one();
    }

    /** When nothing passes on which links, whatever else is said of them. */
    default List<LinkChange.Failure> failures() {
        return List.of();
    }
}
