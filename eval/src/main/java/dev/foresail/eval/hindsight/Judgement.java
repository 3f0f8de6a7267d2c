package dev.foresail.eval.hindsight;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.decision.PredictionInterval;
import dev.foresail.predictor.node.Decision;
import java.util.List;

/**
 * A decision and what its alternatives would have come to.
 *
 * @param atNanos when it was taken, by the node's clock
 * @param chosen the index of what was taken
 * @param predicted the value that was predicted of it
 * @param costs what each alternative costs in the world as it was: the mean over its futures
 * @param outcome what what was taken has come to in the run itself; NaN when the run ended before
 */
public record Judgement(
        NodeId node, long atNanos, int chosen, Decision.Value predicted, List<Double> costs, double outcome) {
    private static final double TOLERANCE = 1e-9;

    public Judgement {
        costs = List.copyOf(costs);
        if (chosen < 0 || chosen >= costs.size()) {
            throw new IllegalArgumentException("alternative " + chosen + " of " + costs.size());
        }
    }

    /** What the best alternative costs; NaN when that of any is unknown. */
    public double leastCost() {
        return costs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double chosenCost() {
        return costs.get(chosen);
    }

    /** Whether no alternative would have been better. */
    public boolean isBest() {
        return chosenCost() <= leastCost() + tolerance(leastCost());
    }

    /** Whether all alternatives come to the same, so that nothing could have been chosen wrongly. */
    public boolean isIndifferent() {
        return mostCost() <= leastCost() + tolerance(leastCost());
    }

    /** By how much the worst alternative costs more than the best; infinite or NaN when the cost of any is. */
    public double spread() {
        return mostCost() - leastCost();
    }

    private double mostCost() {
        return costs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Whether the outcome lies in the interval of 80 % that the prediction stated. */
    public boolean isWithinInterval() {
        return PredictionInterval.of(predicted).contains(outcome);
    }

    private static double tolerance(double value) {
        return TOLERANCE * Math.max(1, Math.abs(value));
    }
}
