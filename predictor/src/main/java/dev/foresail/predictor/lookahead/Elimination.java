package dev.foresail.predictor.lookahead;

import dev.foresail.network.random.Student;

/**
 * When an alternative is given up. Pure functions.
 *
 * <p>By the differences of its roll-outs to those of the best one with the same random numbers: it is given up when their mean is above zero with
 * a confidence of 95 %, by Student's distribution for that many differences. So of two alternatives the better one is given up at one look with a
 * probability of at most 5 % where differences are normally distributed. The bound is not made stricter for the number of looks and alternatives: looks
 * share their roll-outs, and what is saved at the clearly worse ones tells the others apart. Two standard errors, without regard to how few the roll-outs
 * are, give up one of two equally good alternatives at the first look with 20 %.
 */
public final class Elimination {
    private static final double CONFIDENCE = 0.95;
    private static final int LEAST_DIFFERENCES = 2;
    /** By number of differences. */
    private static final double[] QUANTILES = new double[64];

    static {
        for (int differences = LEAST_DIFFERENCES; differences < QUANTILES.length; differences++) {
            QUANTILES[differences] = Student.quantile(CONFIDENCE, differences - 1);
        }
    }

    private Elimination() {}

    /**
     * Whether a mean is above zero with confidence; of a single figure nobody can say.
     *
     * @param mean of the figures
     * @param squares the mean of their squares
     * @param figures how many, at least 1
     */
    public static boolean isConfidentlyPositive(double mean, double squares, int figures) {
        if (figures < LEAST_DIFFERENCES) {
            return false;
        }
        double variance = Math.max(0, squares - mean * mean) / (figures - 1);
        double quantile = QUANTILES[Math.min(figures, QUANTILES.length - 1)];
        return mean > quantile * StrictMath.sqrt(variance);
    }
}
