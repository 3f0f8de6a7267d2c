package dev.foresail.network.topology;

import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * Endpoints of a topology in groups, and how long messages between two groups take at least. Immutable, thread-safe.
 */
public final class Regions {
    private final int count;
    private final IntUnaryOperator regionOf;
    private final Bound bound;

    /**
     * @param count how many regions there are, at least 1
     * @param regionOf the region of an endpoint, 0 to {@code count - 1}
     * @param bound what no latency between endpoints of two different regions is below, in nanoseconds, at any time
     */
    public Regions(int count, IntUnaryOperator regionOf, Bound bound) {
        if (count < 1) {
            throw new IllegalArgumentException("there is at least 1 region, not " + count);
        }
        this.count = count;
        this.regionOf = regionOf;
        this.bound = bound;
    }

    /** What no latency from one region to another is below. */
    @FunctionalInterface
    public interface Bound {
        /** In nanoseconds, at least 0; asked of two different regions. */
        long leastNanos(int from, int to);
    }

    /** All endpoints in one region, of which nothing is known. */
    static Regions one() {
        return new Regions(1, endpoint -> 0, (from, to) -> 0);
    }

    /** Each endpoint is a region of its own, with the latencies of a topology whose links never change. */
    static Regions each(Topology topology) {
        return new Regions(topology.size(), endpoint -> endpoint, topology::latencyNanos);
    }

    public int count() {
        return count;
    }

    /** The region of an endpoint. */
    public int regionOf(int endpoint) {
        return Objects.checkIndex(regionOf.applyAsInt(endpoint), count);
    }

    /** What no latency between two different regions is below, whichever way. */
    long leastNanos(int one, int other) {
        return StrictMath.min(bound.leastNanos(one, other), bound.leastNanos(other, one));
    }

    /** The same endpoints under other numbers. */
    Regions renumbered(IntUnaryOperator before) {
        return new Regions(count, endpoint -> regionOf.applyAsInt(before.applyAsInt(endpoint)), bound);
    }

    /** The same regions with other bounds. */
    Regions bounded(Bound other) {
        return new Regions(count, regionOf, other);
    }
}
