package dev.foresail.network.topology;

/**
 * What shapes the detours of a synthetic table of sites, and is turned until they come out as wanted.
 *
 * @param wellConnectedGain how much shorter the ways of the few well connected sites are, from 0 to 1: detours through them save
 *     much on many pairs, but make few triples
 * @param badShare share of pairs with a bad route: makes many triples
 * @param badDeviation how bad: standard deviation of the half-normal logarithm
 * @param direct share of pairs that are as short as their shortest detour: those have none
 */
record SiteKnobs(double wellConnectedGain, double badShare, double badDeviation, double direct) {
    /** Where turning begins. */
    static final SiteKnobs START = new SiteKnobs(0.116, 0.1, 0.4, 0.05);

    private static final double DAMPING = 0.7;

    /** Turned a little, so that what came out comes nearer to what is wanted. */
    SiteKnobs turned(DetourShares got, DetourShares wanted) {
        // A pair that is not direct has a detour as often as all have, so direct pairs set that share alone.
        double open = got.anyDetour() / StrictMath.max(0.05, 1 - direct);
        double directly = 1 - wanted.anyDetour() / StrictMath.max(0.05, open);
        return new SiteKnobs(
                bounded(wellConnectedGain * ratio(wanted.tenPercentDetour(), got.tenPercentDetour()), 0.001, 0.6),
                bounded(badShare * ratio(wanted.violatingTriples(), got.violatingTriples()), 0.001, 0.5),
                bounded(
                        badDeviation
                                * StrictMath.pow(
                                        ratio(wanted.twofoldDetour() + 0.002, got.twofoldDetour() + 0.002), 0.3),
                        0.05,
                        1.5),
                bounded(direct + DAMPING * (directly - direct), 0, 0.95));
    }

    private static double ratio(double wanted, double got) {
        return StrictMath.pow(bounded(wanted / StrictMath.max(1e-4, got), 0.25, 4), DAMPING);
    }

    private static double bounded(double value, double least, double most) {
        return StrictMath.max(least, StrictMath.min(most, value));
    }
}
