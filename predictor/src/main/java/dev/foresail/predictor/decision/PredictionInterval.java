package dev.foresail.predictor.decision;

import dev.foresail.network.random.Student;
import dev.foresail.predictor.node.Decision;

/**
 * What a prediction states of a cost: the interval that holds the outcome with a probability of 80 %. By what became of earlier predictions
 * ({@link dev.foresail.predictor.calibration.Experience}); where too little is known of them, the one in which one more roll-out lies, were they normally distributed.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record PredictionInterval(double low, double high) {
    private static final double TOLERANCE = 1e-9;

    /** With the tenth, the percentiles between which 80 % are. */
    private static final double NINETIETH = 0.9;

    /** What was stated with a value. */
    public static PredictionInterval of(Decision.Value value) {
        return value.hasInterval()
                ? new PredictionInterval(value.low(), value.high())
                : of(value.mean(), value.spread(), value.rollOuts());
    }

    /**
     * By roll-outs alone. Those that all came to the same state a point.
     *
     * @param mean over the roll-outs
     * @param spread their standard deviation
     * @param rollOuts how many; of one nothing is known of the spread, and what two would say is taken
     */
    public static PredictionInterval of(double mean, double spread, int rollOuts) {
        double halfWidth = Student.quantile(NINETIETH, Math.max(1, rollOuts - 1))
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
