package dev.foresail.network.topology;

/** A synthetic wide-area network: what {@link SyntheticWideArea} generates. Immutable and thread-safe. */
final class WideAreaTopology implements Topology {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Difference of the directions over their mean: median 0.4 %, 90th percentile 14 %, as between cloud regions. */
    private static final LogNormalTable ASYMMETRY = LogNormalTable.capped(0.004, 2.774, 1.05);
    /** Mean over minimum, less 1, of wide-area pings: median 1.6 %, 90th percentile 10 %. */
    private static final LogNormalTable JITTER = LogNormalTable.capped(0.016, 1.43, 0.7);

    private final WideAreaPlan plan;
    private final double[] rawMillis;
    private final double[] bentMillis;
    private final AccessBandwidth bandwidth;

    WideAreaTopology(WideAreaPlan plan, double[] rawMillis, double[] bentMillis, long nodeKey) {
        this.plan = plan;
        this.rawMillis = rawMillis.clone();
        this.bentMillis = bentMillis.clone();
        this.bandwidth = new AccessBandwidth(nodeKey);
    }

    @Override
    public int size() {
        return plan.nodes();
    }

    @Override
    public long latencyNanos(int from, int to) {
        if (isOneEndpoint(from, to)) {
            return 0;
        }
        long hash = plan.pairHash(from, to);
        return latencyNanos(from, to, hash, bent(plan.rawRoundTripMillis(from, to, hash)));
    }

    private static long latencyNanos(int from, int to, long hash, double roundTripMillis) {
        double half = ASYMMETRY.at(hash >>> 24) / 2;
        boolean slower = (hash >>> 63 == 1) == from < to;
        return (long) (roundTripMillis * (slower ? 1 + half : 1 - half) / 2 * NANOS_PER_MILLI);
    }

    /** Looks up once what the figures of a link have in common. */
    @Override
    public long delayNanos(int from, int to, long bytes, long nowNanos, double uniform) {
        if (isOneEndpoint(from, to)) {
            return Topology.super.delayNanos(from, to, bytes, nowNanos, uniform);
        }
        long hash = plan.pairHash(from, to);
        double roundTripMillis = bent(plan.rawRoundTripMillis(from, to, hash));
        return LinkSampler.delayNanos(
                latencyNanos(from, to, hash, roundTripMillis),
                JITTER.at(hash >>> 40),
                uniform,
                LinkSampler.transferNanos(bytes, bandwidth.bytesPerSecond(from, to, roundTripMillis)));
    }

    @Override
    public double jitterFraction(int from, int to) {
        return isOneEndpoint(from, to) ? 0 : JITTER.at(plan.pairHash(from, to) >>> 40);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        if (isOneEndpoint(from, to)) {
            return Double.POSITIVE_INFINITY;
        }
        return bandwidth.bytesPerSecond(from, to, meanRoundTripMillis(from, to));
    }

    @Override
    public double lossProbability(int from, int to) {
        isOneEndpoint(from, to);
        return 0;
    }

    @Override
    public long leastNanos() {
        return leastLatencyNanos(plan.leastRoundTripMillis());
    }

    @Override
    public long touch(int endpoint) {
        return plan.touch(endpoint);
    }

    @Override
    public Regions regions() {
        return plan.regions(this::leastLatencyNanos);
    }

    /** The least latency either way of any pair with a round trip before bending. */
    private long leastLatencyNanos(double rawMillis) {
        double fasterHalf = (1 - ASYMMETRY.greatest() / 2) / 2;
        return (long) (bent(rawMillis) * fasterHalf * NANOS_PER_MILLI);
    }

    private double meanRoundTripMillis(int from, int to) {
        return bent(plan.rawRoundTripMillis(from, to, plan.pairHash(from, to)));
    }

    private double bent(double raw) {
        int last = rawMillis.length - 1;
        if (raw >= rawMillis[last]) {
            return bentMillis[last] * raw / rawMillis[last];
        }
        if (raw <= rawMillis[0]) {
            return bentMillis[0] * raw / rawMillis[0];
        }
        int upper = 1;
        while (raw >= rawMillis[upper]) {
            upper++;
        }
        double share = (raw - rawMillis[upper - 1]) / (rawMillis[upper] - rawMillis[upper - 1]);
        return bentMillis[upper - 1] + share * (bentMillis[upper] - bentMillis[upper - 1]);
    }

    private boolean isOneEndpoint(int from, int to) {
        return AccessBandwidth.isOneEndpoint(from, to, size());
    }
}
