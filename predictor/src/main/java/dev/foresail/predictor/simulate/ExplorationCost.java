package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Decision;

/**
 * The regret meter: what exploring has cost so far. Immutable.
 *
 * @param explored how many decisions took another alternative than the best, to learn what comes of it
 * @param predictedRegret by how much those were predicted to cost more than the best, in all, each in the unit of the goal that told its
 *     alternatives apart; what is no finite number does not count
 */
public record ExplorationCost(long explored, double predictedRegret) {
    public static final ExplorationCost NONE = new ExplorationCost(0, 0);

    /** With a decision more. */
    public ExplorationCost plus(Decision decision) {
        if (!decision.explored()) {
            return this;
        }
        double regret = decision.predictedRegret();
        return new ExplorationCost(explored + 1, predictedRegret + (Double.isFinite(regret) ? regret : 0));
    }
}
