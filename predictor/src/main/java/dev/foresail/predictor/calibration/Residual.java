package dev.foresail.predictor.calibration;

/**
 * A prediction and what it has come to.
 *
 * @param predicted the mean cost over the roll-outs
 * @param outcome what was paid
 */
public record Residual(double predicted, double outcome) {
    /** How much more was paid than predicted. */
    public double error() {
        return outcome - predicted;
    }

    /** Whether something can be learned from it. */
    public boolean isFinite() {
        return Double.isFinite(predicted) && Double.isFinite(outcome);
    }
}
