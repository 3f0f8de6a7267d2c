package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Decision;

/**
 * The regret meter: what exploring has cost so far. Immutable.
 *
 * @param explored how many decisions took another alternative than the best, to learn what comes of it
 * @param predictedRegret by how much those were predicted to cost more than the best, in all, in the unit of the goal that told them apart
 */
public record ExplorationCost(long explored, double predictedRegret) {
    public static final ExplorationCost NONE = new ExplorationCost(0, 0);

    /** With a decision more. */
    public ExplorationCost plus(Decision decision) {
        return decision.explored()
                ? new ExplorationCost(explored + 1, predictedRegret + decision.predictedRegret())
                : this;
    }
}
