package dev.foresail.network.measure;

/** What any thread may see of a link's round trips, as of the latest sample. Immutable; no sample: no view. */
record RoundTripView(
        double smoothedNanos,
        double variationNanos,
        double minimumNanos,
        Figure queueingNanos,
        long samples,
        long latestAtNanos,
        double factor,
        Stability stability) {
    static final RoundTripView NONE = new RoundTripView(0, 0, 0, Figure.assumed(0), 0, 0, 1, Stability.UNSEEN);

    long ageNanos(long nowNanos) {
        return StrictMath.max(0, nowNanos - latestAtNanos);
    }
}
