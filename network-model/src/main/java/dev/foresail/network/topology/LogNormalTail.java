package dev.foresail.network.topology;

import dev.foresail.network.random.Normal;

/**
 * The quantiles of a log-normal distribution whose mean is 1. Between {@value #CELLS} equally likely values it goes on straight, at
 * most a thousandth off, which takes a tenth of the time of the exponential; only the outermost cells at both ends are computed.
 * Immutable, thread-safe.
 */
final class LogNormalTail {
    private static final int CELLS = 1024;
    /** So many cells at each end are curved too much. */
    private static final int CURVED_CELLS = 8;

    private final double deviation;
    private final double[] knots = new double[CELLS + 1];

    /** @param deviation the standard deviation of the logarithm, above 0 */
    LogNormalTail(double deviation) {
        this.deviation = deviation;
        for (int cell = CURVED_CELLS; cell <= CELLS - CURVED_CELLS; cell++) {
            knots[cell] = exactly((double) cell / CELLS);
        }
    }

    /** What a variable stays below with a probability, which is strictly between 0 and 1. */
    double quantile(double probability) {
        double place = probability * CELLS;
        int cell = (int) place;
        if (cell < CURVED_CELLS || cell >= CELLS - CURVED_CELLS) {
            return exactly(probability);
        }
        double low = knots[cell];
        return low + (place - cell) * (knots[cell + 1] - low);
    }

    private double exactly(double probability) {
        return StrictMath.exp(deviation * (Normal.quantile(probability) - deviation / 2));
    }
}
