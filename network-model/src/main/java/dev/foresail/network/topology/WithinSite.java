package dev.foresail.network.topology;

/**
 * What the pairs of nodes are that live at one site: their round trips are the lowest of those between sites. So many of these that
 * percentiles of all pairs hardly move, although some are of one site.
 *
 * @param share of all pairs of nodes that are of one site
 * @param lowest the share of the round trips between sites that theirs are drawn from
 */
record WithinSite(double share, double lowest) {
    /** By how much of itself the share of pairs below any low round trip may grow. */
    private static final double MAY_MOVE = 0.06;

    private static final int VALUES = 256;

    /** When every site gets its next node before any gets one more. */
    static WithinSite of(long nodes, long sites) {
        long each = nodes / sites;
        long withOneMore = nodes % sites;
        double pairs = withOneMore * (each + 1) * each / 2.0 + (sites - withOneMore) * each * (each - 1) / 2.0;
        double share = nodes < 2 ? 0 : pairs / (nodes * (nodes - 1) / 2.0);
        return new WithinSite(share, share / (MAY_MOVE + share));
    }

    /** The share of pairs of sites below a round trip that shall have the given share of pairs of nodes below it. */
    double shareOfSites(double shareOfNodes) {
        if (share == 0) {
            return shareOfNodes;
        }
        double low = shareOfNodes / (1 - share + share / lowest);
        return low <= lowest ? low : (shareOfNodes - share) / (1 - share);
    }

    /** The round trips, a power of two of them. */
    double[] millis(Quantiles betweenSites) {
        double[] millis = new double[VALUES];
        for (int i = 0; i < VALUES; i++) {
            millis[i] = betweenSites.at(lowest * (i + 0.5) / VALUES);
        }
        return millis;
    }
}
