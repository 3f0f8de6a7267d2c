package dev.foresail.predictor.lookahead;

import java.util.Optional;

/** What came of one roll-out. Immutable. */
public final class RollOut {
    private final double[] row;
    private final int events;
    private final Optional<String> trouble;

    RollOut(double[] row, int events, Optional<String> trouble) {
        this.row = row;
        this.events = events;
        this.trouble = trouble;
    }

    /**
     * What the objective makes costs of ({@link dev.foresail.predictor.objective.BoundObjective#costs}): first violated safety properties and handlers that
     * threw, then its columns.
     */
    public double[] row() {
        return row.clone();
    }

    /** The first question of the objective that could not be told as the author's code threw, or gave no number. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** How many messages and timers had a handler run, the one that the roll-out begins with included. */
    public int events() {
        return events;
    }
}
