package dev.foresail.network.topology;

import java.util.List;

/**
 * What is published of a measured network, from which one like it is made. Nothing of it is a parameter of the generator: that
 * finds its own, for each seed, so that these figures come out.
 *
 * @param name to choose it by
 * @param endpoints how many there were; the shares of detours belong to this number, as more endpoints offer more detours
 * @param roundTripProbabilities growing, from 0 to 1
 * @param roundTripMillis the round trips up to which these shares of all pairs lie, growing; each direction by itself
 * @param asymmetryMedian median of abs(there - back) / mean of the one-way latencies
 * @param asymmetryDeviation standard deviation of its logarithm
 * @param asymmetryLimit what it never exceeds
 */
public record NetworkProfile(
        String name,
        int endpoints,
        List<Double> roundTripProbabilities,
        List<Double> roundTripMillis,
        double asymmetryMedian,
        double asymmetryDeviation,
        double asymmetryLimit,
        Detours detours) {
    /**
     * How often going through one other endpoint is shorter; mean of both directions.
     *
     * @param violatingTriples share of ordered triples
     * @param any share of pairs with a shorter detour
     * @param tenPercent share of pairs with one over 10 % shorter
     * @param twofold share of pairs with one less than half as long
     */
    public record Detours(double violatingTriples, double any, double tenPercent, double twofold) {
        DetourShares shares() {
            return new DetourShares(violatingTriples, any, tenPercent, twofold);
        }
    }

    private static final List<Double> PROBABILITIES = List.of(0.0, 0.01, 0.1, 0.5, 0.9, 0.99, 1.0);

    /**
     * Hosts of universities: PlanetLab, 490 nodes, median of 18 measurements (Zhu et al., IEEE/ACM Transactions on Networking
     * 25, 2017). Its source has one figure per pair, so both directions are alike. The least round trip is a guess.
     */
    public static final NetworkProfile PLANETLAB = new NetworkProfile(
            "planetlab",
            490,
            PROBABILITIES,
            List.of(0.2, 5.8, 30.9, 133.9, 290.8, 403.9, 675.0),
            0,
            0,
            0,
            new Detours(0.057, 0.791, 0.427, 0.011));

    /**
     * Data centres of three providers: 69 regions, from the averages of 2022 that Skyplane publishes: percentiles and
     * asymmetry of its matrix, each direction by itself; shares, of the mean of both. The asymmetry's deviation follows from its median, 0.4 %, and its 90th
     * percentile, 14 %. The least round trip is a guess.
     */
    public static final NetworkProfile CLOUD = new NetworkProfile(
            "cloud",
            69,
            PROBABILITIES,
            List.of(0.5, 4.0, 30.8, 153.4, 258.5, 365.5, 431.0),
            0.004,
            2.774,
            1.05,
            new Detours(0.050, 0.663, 0.287, 0.009));

    /** Those that have a name. */
    public static final List<NetworkProfile> KNOWN = List.of(PLANETLAB, CLOUD);

    public NetworkProfile {
        roundTripProbabilities = List.copyOf(roundTripProbabilities);
        roundTripMillis = List.copyOf(roundTripMillis);
        if (endpoints < 3 || roundTripProbabilities.size() != roundTripMillis.size()) {
            throw new IllegalArgumentException(
                    "a profile needs at least 3 endpoints and a round trip per probability, not " + endpoints + " and "
                            + roundTripMillis.size() + " for " + roundTripProbabilities.size());
        }
    }

    /**
     * How to bend the distribution between sites so that the one between nodes passes through the round trips here: a line from the logarithms of milliseconds to
     * those of milliseconds. Between two of them the distribution keeps its own shape.
     */
    Quantiles bendOf(Quantiles had, WithinSite within) {
        double[] from = new double[roundTripMillis.size()];
        double[] to = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = StrictMath.log(had.at(within.shareOfSites(roundTripProbabilities.get(i))));
            to[i] = StrictMath.log(roundTripMillis.get(i));
        }
        return Quantiles.through(from, to);
    }
}
