package dev.foresail.predictor.lookahead;

import dev.foresail.predictor.node.Decision;
import java.util.List;

/**
 * The predicted worth of a choice's alternatives.
 *
 * @param best the index of the best; the first of equals
 * @param values one per alternative
 * @param rollOuts how many were run in all
 */
public record Evaluation(int best, List<Decision.Value> values, int rollOuts) implements Prediction {
    public Evaluation {
        values = List.copyOf(values);
    }
}
