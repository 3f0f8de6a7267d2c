package dev.foresail.predictor.foresight;

import dev.foresail.predictor.lookahead.Prediction;
import java.util.List;

/**
 * What a look into the future has found.
 *
 * @param dangers paths to violations, those that were known first
 * @param worlds how many worlds were explored in all
 * @param depth the length of the longest path that was explored
 */
public record Foreseen(List<Danger> dangers, long worlds, int depth) implements Prediction {
    public Foreseen {
        dangers = List.copyOf(dangers);
    }
}
