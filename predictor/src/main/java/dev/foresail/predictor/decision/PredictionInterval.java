package dev.foresail.predictor.decision;

import dev.foresail.predictor.node.Decision;

/**
 * What a prediction states of a cost: of so many roll-outs with this mean and spread, the interval in which one more lies with a
 * probability of 80 %, were they normally distributed. Roll-outs that all came to the same state a point.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record PredictionInterval(double low, double high) {
    private static final double TOLERANCE = 1e-9;

    public static PredictionInterval of(Decision.Value value) {
        return of(value.mean(), value.spread(), value.rollOuts());
    }

    /**
     * @param mean over the roll-outs
     * @param spread their standard deviation
     * @param rollOuts how many
     */
    public static PredictionInterval of(double mean, double spread, int rollOuts) {
        double halfWidth = StudentQuantiles.ninetiethPercentile(rollOuts - 1)
                * spread
                * StrictMath.sqrt(1 + 1.0 / Math.max(1, rollOuts));
        return new PredictionInterval(mean - halfWidth, mean + halfWidth);
    }

    /** Whether a cost lies in it, but for what rounding may have done. */
    public boolean contains(double cost) {
        double tolerance = TOLERANCE * Math.max(1, Math.abs((low + high) / 2));
        return cost >= low - tolerance && cost <= high + tolerance;
    }
}
