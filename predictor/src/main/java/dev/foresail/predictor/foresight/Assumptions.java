package dev.foresail.predictor.foresight;

/**
 * What a look into the future reckons with besides what is known, each so many times on one path: failures, and answers of
 * nodes of which nothing is known. Immutable.
 *
 * @param crashes a node ends, its peers are told, and it may start again with its durable state
 * @param silentResets a node starts anew before its peers have noticed; only of nodes that have nothing durable to lose
 * @param breaks a connection breaks
 * @param answers a node of which nothing is known answers what its kind has been seen to answer
 */
public record Assumptions(int crashes, int silentResets, int breaks, int answers) {
    /** One crash, one silent reset, one answer. */
    public static final Assumptions DEFAULT = new Assumptions(1, 1, 0, 1);

    /** Nothing fails, and nobody answers of whom nothing is known. */
    public static final Assumptions NOTHING_FAILS = new Assumptions(0, 0, 0, 0);

    public Assumptions {
        if (crashes < 0 || silentResets < 0 || breaks < 0 || answers < 0) {
            throw new IllegalArgumentException("a number of failures, or of answers, is at least 0");
        }
    }

    /** The same failures, and so many answers. */
    public Assumptions withAnswers(int count) {
        return new Assumptions(crashes, silentResets, breaks, count);
    }
}
