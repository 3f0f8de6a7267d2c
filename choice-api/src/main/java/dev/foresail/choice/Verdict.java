package dev.foresail.choice;

/** What can be said of a property in a view of the system. */
public enum Verdict {
    HOLDS,
    VIOLATED,
    /** Some completion of what may have been delivered meanwhile violates it. */
    POSSIBLE,
    /** It depends on nodes that are not known. */
    UNKNOWN
}
