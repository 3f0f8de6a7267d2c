package dev.foresail.network.topology;

import java.util.Arrays;

/** A distribution as its sorted values, between which it is linear. Immutable. */
final class Quantiles {
    private final double[] probabilities;
    private final double[] values;

    private Quantiles(double[] probabilities, double[] values) {
        this.probabilities = probabilities;
        this.values = values;
    }

    /** The distribution of a sample of at least one value. */
    static Quantiles of(double[] sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        double[] probabilities = new double[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            probabilities[i] = (double) i / StrictMath.max(1, sorted.length - 1);
        }
        return new Quantiles(probabilities, sorted);
    }

    /**
     * A distribution that passes through the given points.
     *
     * @param probabilities growing, from 0 to 1
     * @param values growing, as many
     */
    static Quantiles through(double[] probabilities, double[] values) {
        return new Quantiles(probabilities.clone(), values.clone());
    }

    /** The value that the given share of the distribution does not exceed. */
    double at(double probability) {
        return interpolated(probabilities, values, probability);
    }

    /** The share of the distribution that does not exceed {@code value}. */
    double shareUpTo(double value) {
        return interpolated(values, probabilities, value);
    }

    private static double interpolated(double[] from, double[] to, double at) {
        int found = Arrays.binarySearch(from, at);
        if (found >= 0) {
            return to[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return to[0];
        }
        if (above == from.length) {
            return to[to.length - 1];
        }
        double share = (at - from[above - 1]) / (from[above] - from[above - 1]);
        return to[above - 1] + share * (to[above] - to[above - 1]);
    }
}
