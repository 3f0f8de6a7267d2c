package dev.foresail.choice;

/** The fast policies that resolve a choice when no prediction is known in time. */
public enum Fallback {
    /** A uniform, seeded draw. */
    RANDOM,
    /** The first candidate. */
    FIRST,
    /** Each candidate in its turn. */
    ROUND_ROBIN
}
