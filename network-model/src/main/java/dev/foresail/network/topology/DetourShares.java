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
     * @param pairs how many pairs are drawn
     */
    static DetourShares of(double[][] roundTrips, int pairs, RandomStream random) {
        int size = roundTrips.length;
        long violations = 0;
        int[] counts = new int[3];
        for (int i = 0; i < pairs; i++) {
            int from = random.nextInt(size);
            int other = random.nextInt(size - 1);
            int to = other < from ? other : other + 1;
            double direct = roundTrips[from][to];
            double shortest = Double.POSITIVE_INFINITY;
            for (int via = 0; via < size; via++) {
                double detour = roundTrips[from][via] + roundTrips[via][to];
                if (via != from && via != to) {
                    violations += detour < direct ? 1 : 0;
                    shortest = StrictMath.min(shortest, detour);
                }
            }
            counts[0] += shortest < direct ? 1 : 0;
            counts[1] += shortest * 1.1 < direct ? 1 : 0;
            counts[2] += shortest * 2 < direct ? 1 : 0;
        }
        return new DetourShares(
                violations / ((double) pairs * (size - 2)),
                (double) counts[0] / pairs,
                (double) counts[1] / pairs,
                (double) counts[2] / pairs);
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
