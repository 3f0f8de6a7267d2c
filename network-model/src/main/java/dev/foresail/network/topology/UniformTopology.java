package dev.foresail.network.topology;

import java.util.Objects;

/**
 * All links alike.
 *
 * @param size number of endpoints, at least 1
 * @param linkLatencyNanos one-way latency in nanoseconds, at least 0
 * @param linkBandwidthBytesPerSecond bandwidth, above 0 or infinite
 * @param linkLossProbability probability in [0,1)
 */
public record UniformTopology(
        int size, long linkLatencyNanos, double linkBandwidthBytesPerSecond, double linkLossProbability)
        implements Topology {
    public UniformTopology {
        if (size < 1 || linkLatencyNanos < 0) {
            throw new IllegalArgumentException("size " + size + " or latency " + linkLatencyNanos + " is too small");
        }
        if (!(linkBandwidthBytesPerSecond > 0)) {
            throw new IllegalArgumentException("bandwidth must be positive, got " + linkBandwidthBytesPerSecond);
        }
        if (!(linkLossProbability >= 0 && linkLossProbability < 1)) {
            throw new IllegalArgumentException("loss must lie in [0,1), got " + linkLossProbability);
        }
    }

    /** Without limits of bandwidth and without loss. */
    public UniformTopology(int size, long linkLatencyNanos) {
        this(size, linkLatencyNanos, Double.POSITIVE_INFINITY, 0);
    }

    @Override
    public long latencyNanos(int from, int to) {
        return isOneEndpoint(from, to) ? 0 : linkLatencyNanos;
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return isOneEndpoint(from, to) ? Double.POSITIVE_INFINITY : linkBandwidthBytesPerSecond;
    }

    @Override
    public double lossProbability(int from, int to) {
        return isOneEndpoint(from, to) ? 0 : linkLossProbability;
    }

    @Override
    public Regions regions() {
        int count = StrictMath.min(size, Division.MOST_REGIONS / 2);
        return new Regions(count, endpoint -> (int) ((long) endpoint * count / size), (from, to) -> linkLatencyNanos);
    }

    private boolean isOneEndpoint(int from, int to) {
        return Objects.checkIndex(from, size) == Objects.checkIndex(to, size);
    }
}
