package dev.foresail.predictor.lookahead;

import dev.foresail.predictor.node.Decision;
import java.util.List;

/**
 * The predicted worth of a choice's alternatives.
 *
 * @param best the index of the best; the first of equals
 * @param values one per alternative
 * @param rollOuts how many were run in all
 * @param notices what the operator should know of the objective
 */
public record Evaluation(int best, List<Decision.Value> values, int rollOuts, List<Notice> notices)
        implements Prediction {
    public Evaluation {
        values = List.copyOf(values);
        notices = List.copyOf(notices);
    }

    /** Something an operator should know. */
    public record Notice(String code, String text) {}

    /** Without notices. */
    public Evaluation(int best, List<Decision.Value> values, int rollOuts) {
        this(best, values, rollOuts, List.of());
    }
}
