package dev.foresail.choice;

/** What a metric counts, so that objectives compare like with like: a limit such as {@code 50ms} is for metrics that are times. */
public enum Unit {
    /** A plain number. */
    NONE,
    NANOSECONDS,
    MICROSECONDS,
    MILLISECONDS,
    SECONDS,
    BYTES,
    BITS_PER_SECOND
}
