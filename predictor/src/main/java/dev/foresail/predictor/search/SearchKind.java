package dev.foresail.predictor.search;

/** How worlds are searched. */
public enum SearchKind {
    /** Every world, breadth first: the only one that can say that a property holds. */
    EXHAUSTIVE,
    /** Breadth first with the pruning rule of CrystalBall: chains of consequences. */
    CONSEQUENCE,
    /** Random walks, for liveness and for what lies deep. */
    WALK
}
