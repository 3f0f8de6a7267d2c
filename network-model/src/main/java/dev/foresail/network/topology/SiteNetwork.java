package dev.foresail.network.topology;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.random.RandomStream;

/**
 * Nodes at sites: a table of the sites' latencies, two bytes per node, and a little noise for each pair, which is a hash of it.
 * Immutable and thread-safe.
 */
final class SiteNetwork implements Topology {
    private static final double NANOS_PER_MILLI = 1e6;

    private final SiteTable sites;
    private final short[] siteOfNode;
    private final LogNormalTable noise;
    private final LogNormalTable jitter;
    private final double[] withinSiteMillis;
    private final long pairKey;
    private final AccessBandwidth bandwidth;

    /**
     * @param withinSiteMillis round trips between nodes of one site, one of which a pair's hash picks; a power of two of them
     */
    private SiteNetwork(
            SiteTable sites,
            short[] siteOfNode,
            LogNormalTable noise,
            LogNormalTable jitter,
            double[] withinSiteMillis,
            long pairKey) {
        this.sites = sites;
        this.siteOfNode = siteOfNode;
        this.noise = noise;
        this.jitter = jitter;
        this.withinSiteMillis = withinSiteMillis;
        this.pairKey = pairKey;
        this.bandwidth = new AccessBandwidth(pairKey);
    }

    static SiteNetwork of(
            SiteTable sites, short[] siteOfNode, LogNormalTable jitter, double[] withinSiteMillis, long seed) {
        return new SiteNetwork(
                sites,
                siteOfNode,
                LogNormalTable.of(1, 0),
                jitter,
                withinSiteMillis,
                Hashing.combine(seed, Hashing.ofText("site network pairs")));
    }

    /** The same with noise whose logarithm has the given standard deviation. */
    SiteNetwork withNoise(double deviation) {
        return new SiteNetwork(sites, siteOfNode, LogNormalTable.of(1, deviation), jitter, withinSiteMillis, pairKey);
    }

    /** Every site gets the next node before any gets a second one, in an order drawn anew each time. */
    static short[] spread(int nodes, int sites, RandomStream random) {
        short[] siteOfNode = new short[nodes];
        short[] order = new short[sites];
        for (int site = 0; site < sites; site++) {
            order[site] = (short) site;
        }
        for (int node = 0; node < nodes; node++) {
            int place = node % sites;
            int other = random.nextInt(place, sites);
            short chosen = order[other];
            order[other] = order[place];
            order[place] = chosen;
            siteOfNode[node] = chosen;
        }
        return siteOfNode;
    }

    @Override
    public int size() {
        return siteOfNode.length;
    }

    @Override
    public long latencyNanos(int from, int to) {
        if (isOneEndpoint(from, to)) {
            return 0;
        }
        long hash = pairHash(from, to);
        int here = siteOfNode[from];
        int there = siteOfNode[to];
        double millis = here == there
                ? withinSiteMillis[(int) (hash >>> 40) & (withinSiteMillis.length - 1)] / 2
                : sites.oneWayMillis(here, there) * noise.at(hash);
        return (long) (millis * NANOS_PER_MILLI);
    }

    @Override
    public double jitterFraction(int from, int to) {
        return isOneEndpoint(from, to) ? 0 : jitter.at(pairHash(from, to) >>> 20);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        return isOneEndpoint(from, to)
                ? Double.POSITIVE_INFINITY
                : bandwidth.bytesPerSecond(from, to, roundTripNanos(from, to) / NANOS_PER_MILLI);
    }

    @Override
    public double lossProbability(int from, int to) {
        isOneEndpoint(from, to);
        return 0;
    }

    @Override
    public Regions regions() {
        double leastNoise = noise.least();
        return new Regions(sites.size(), endpoint -> siteOfNode[endpoint], (from, to) ->
                (long) (sites.oneWayMillis(from, to) * leastNoise * NANOS_PER_MILLI));
    }

    private long pairHash(int from, int to) {
        long smaller = StrictMath.min(from, to);
        long larger = StrictMath.max(from, to);
        return Hashing.mix(pairKey + Hashing.mix(smaller << 32 | larger));
    }

    private boolean isOneEndpoint(int from, int to) {
        return AccessBandwidth.isOneEndpoint(from, to, size());
    }
}
