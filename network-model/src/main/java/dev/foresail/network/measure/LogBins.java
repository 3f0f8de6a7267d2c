package dev.foresail.network.measure;

import java.util.Arrays;

/**
 * A histogram of signed values in logarithmic bins, about a tenth wide, from which quantiles are read; it forgets: the latest 300
 * values or so count, so that a quantile of a tenth stands to within two points. A quantile is the outer edge of its bin, so
 * that values which are equal, as those of a coarse clock, are inside an interval together or outside together.
 *
 * <p>Not thread-safe.
 */
final class LogBins {
    private static final double LEAST = 1e-5;
    private static final double BINS_PER_E = 24 / StrictMath.log(10);
    /** Bins of one sign: seven decades of 24, and one beyond. */
    private static final int MAGNITUDES = 169;

    private static final int ZERO = MAGNITUDES;
    private static final double[] EDGES = new double[MAGNITUDES + 1];

    static {
        Arrays.setAll(EDGES, offset -> LEAST * StrictMath.exp(offset / BINS_PER_E));
    }

    private static final float KEEP = 1 - 1 / 300f;

    /** Empty before the first value, as most histograms never get one. */
    private float[] weights = {};

    private double total;
    /** The sum of the magnitudes, which forgets as the weights do. */
    private double magnitudes;

    void add(double value) {
        if (weights.length == 0) {
            weights = new float[2 * MAGNITUDES + 1];
        }
        for (int bin = 0; bin < weights.length; bin++) {
            weights[bin] *= KEEP;
        }
        int added = binOf(value);
        weights[added]++;
        total = total * KEEP + 1;
        magnitudes = magnitudes * KEEP + magnitude(added);
    }

    private static int binOf(double value) {
        double magnitude = StrictMath.abs(value);
        if (!(magnitude >= LEAST)) {
            return ZERO;
        }
        double steps = StrictMath.log(magnitude / LEAST) * BINS_PER_E;
        int offset = 1 + (int) StrictMath.min(steps, MAGNITUDES - 1);
        return value < 0 ? ZERO - offset : ZERO + offset;
    }

    /** How many values count, at most 300. */
    double total() {
        return total;
    }

    /** The mean of the magnitudes, those beyond the largest bin cut; 0 without values. */
    double meanMagnitude() {
        return total == 0 ? 0 : magnitudes / total;
    }

    private static double magnitude(int bin) {
        int offset = StrictMath.abs(bin - ZERO);
        return offset == 0 ? 0 : (edge(offset - 1) + edge(offset)) / 2;
    }

    /** The value that a share of all, below a half, lies below: the lower edge of its bin. */
    double lower(double share) {
        double below = 0;
        for (int bin = 0; bin < weights.length; bin++) {
            below += weights[bin];
            if (below >= share * total) {
                return lowerEdge(bin);
            }
        }
        return lowerEdge(ZERO);
    }

    /** The value that a share of all, below a half, lies above: the upper edge of its bin. */
    double upper(double share) {
        double above = 0;
        for (int bin = weights.length - 1; bin >= 0; bin--) {
            above += weights[bin];
            if (above >= share * total) {
                return -lowerEdge(weights.length - 1 - bin);
            }
        }
        return -lowerEdge(ZERO);
    }

    private static double lowerEdge(int bin) {
        return bin <= ZERO ? -edge(ZERO - bin) : edge(bin - ZERO - 1);
    }

    private static double edge(int offset) {
        return EDGES[offset];
    }
}
