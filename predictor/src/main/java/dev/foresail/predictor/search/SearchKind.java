package dev.foresail.predictor.search;

/** How worlds are searched. */
public enum SearchKind {
    /** Every world, breadth first: the only one that can say that a safety property holds. It asks no liveness property. */
    EXHAUSTIVE,
    /** Breadth first with the pruning rule of CrystalBall: chains of consequences. It asks no liveness property. */
    CONSEQUENCE,
    /** Random walks, for liveness and for what lies deep. */
    WALK
}
