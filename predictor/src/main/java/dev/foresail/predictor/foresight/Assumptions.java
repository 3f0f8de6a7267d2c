package dev.foresail.predictor.foresight;

/**
 * Which failures a look into the future reckons with, each so many times on one path. Immutable.
 *
 * @param crashes a node ends, its peers are told, and it may start again with its durable state
 * @param silentResets a node starts anew before its peers have noticed; only of nodes that have nothing durable to lose
 * @param breaks a connection breaks
 */
public record Assumptions(int crashes, int silentResets, int breaks) {
    /** One crash, one silent reset. */
    public static final Assumptions DEFAULT = new Assumptions(1, 1, 0);

    /** Nothing fails. */
    public static final Assumptions NOTHING_FAILS = new Assumptions(0, 0, 0);

    public Assumptions {
        if (crashes < 0 || silentResets < 0 || breaks < 0) {
            throw new IllegalArgumentException("a number of failures is at least 0");
        }
    }
}
