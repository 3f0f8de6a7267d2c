package dev.foresail.predictor.lookahead;

import dev.foresail.predictor.objective.BoundObjective;
import java.util.List;
import java.util.Optional;

/** What came of one roll-out. Immutable. */
public final class RollOut {
    private final BoundObjective<?> objective;
    private final double[] row;
    private final int events;
    private final Optional<String> trouble;

    private final boolean hasGeneric;
    private final Optional<String> unimagined;

    RollOut(
            BoundObjective<?> objective,
            double[] row,
            int events,
            Optional<String> trouble,
            boolean hasGeneric,
            Optional<String> unimagined) {
        this.objective = objective;
        this.row = row;
        this.events = events;
        this.trouble = trouble;
        this.hasGeneric = hasGeneric;
        this.unimagined = unimagined;
    }

    /**
     * What the objective makes costs of ({@link dev.foresail.predictor.objective.BoundObjective#costs}): first violated safety properties and handlers that
     * threw, then its columns.
     */
    public double[] row() {
        return row.clone();
    }

    /**
     * By the objective, lower is better: first violated safety properties and handlers that threw, then the objective's terms; NaN where one cannot be
     * told. Percentiles are of this roll-out alone.
     */
    public double[] costs() {
        return objective.costs(List.of(row));
    }

    /** The first question of the objective that could not be told as the author's code threw, or gave no number. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Whether nodes took part of which there is no checkpoint. */
    public boolean hasGeneric() {
        return hasGeneric;
    }

    /** What is told of the first node that could not be imagined, or not to the end: the protocol's code threw, or there were too many. */
    public Optional<String> unimagined() {
        return unimagined;
    }

    /** How many messages and timers had a handler run, the one that the roll-out begins with included. */
    public int events() {
        return events;
    }
}
