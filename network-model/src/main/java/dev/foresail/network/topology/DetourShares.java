package dev.foresail.network.topology;

import dev.foresail.network.random.RandomStream;

/**
 * How often the way through one third endpoint is shorter than the direct one.
 *
 * @param violatingTriples share of ordered triples (a, b, c) where a - b - c is shorter than a - c
 * @param anyDetour share of pairs with a shorter way through one other endpoint
 * @param tenPercentDetour share of pairs that are over 10 % longer than such a way
 * @param twofoldDetour share of pairs that are over twice as long as such a way
 */
record DetourShares(double violatingTriples, double anyDetour, double tenPercentDetour, double twofoldDetour) {
    /**
     * Of a symmetric matrix of round trips.
     *
     * @param pairs how many pairs are drawn, when there are more
     */
    static DetourShares of(double[][] roundTrips, int pairs, RandomStream random) {
        int size = roundTrips.length;
        int all = size * (size - 1) / 2;
        long[] counts = new long[4];
        if (all <= pairs) {
            for (int from = 0; from < size; from++) {
                for (int to = 0; to < from; to++) {
                    count(roundTrips, from, to, counts);
                }
            }
        } else {
            for (int i = 0; i < pairs; i++) {
                int from = random.nextInt(size);
                int other = random.nextInt(size - 1);
                count(roundTrips, from, other < from ? other : other + 1, counts);
            }
        }
        double looked = StrictMath.min(all, pairs);
        return new DetourShares(
                counts[0] / (looked * (size - 2)), counts[1] / looked, counts[2] / looked, counts[3] / looked);
    }

    /** Ways that are shorter than the direct one, then pairs with one, with one that saves a tenth of itself, and all of itself. */
    private static void count(double[][] roundTrips, int from, int to, long[] counts) {
        double direct = roundTrips[from][to];
        double shortest = Double.POSITIVE_INFINITY;
        for (int via = 0; via < roundTrips.length; via++) {
            double detour = roundTrips[from][via] + roundTrips[via][to];
            if (via != from && via != to) {
                counts[0] += detour < direct ? 1 : 0;
                shortest = StrictMath.min(shortest, detour);
            }
        }
        counts[1] += shortest < direct ? 1 : 0;
        counts[2] += shortest * 1.1 < direct ? 1 : 0;
        counts[3] += shortest * 2 < direct ? 1 : 0;
    }

    /** The largest difference of any share. */
    double distanceTo(DetourShares other) {
        double triples = StrictMath.abs(violatingTriples - other.violatingTriples);
        double any = StrictMath.abs(anyDetour - other.anyDetour);
        double ten = StrictMath.abs(tenPercentDetour - other.tenPercentDetour);
        double twofold = StrictMath.abs(twofoldDetour - other.twofoldDetour);
        return StrictMath.max(StrictMath.max(triples, any), StrictMath.max(ten, twofold));
    }
}
