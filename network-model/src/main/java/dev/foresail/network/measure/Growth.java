package dev.foresail.network.measure;

/**
 * How a spread grows with age: limit (1 - exp(-age / scale)). Immutable.
 *
 * @param limit a share of the value, at least 0
 * @param scaleSeconds above 0
 */
record Growth(double limit, double scaleSeconds) {
    /** Before anything was learnt. */
    static final Growth NONE = new Growth(0, 1);

    /** After so many scales nothing is missing that counts. */
    private static final double BEYOND = 20;

    private static final int SCALES = ChangeCalibration.AGE_CLASSES;
    /** By scale and age class, both in powers of two of a second. */
    private static final double[][] SHAPES = new double[SCALES][ChangeCalibration.AGE_CLASSES];

    static {
        for (int scale = 0; scale < SCALES; scale++) {
            for (int age = 0; age < ChangeCalibration.AGE_CLASSES; age++) {
                SHAPES[scale][age] = shape(middleSeconds(age), scaleSeconds(scale));
            }
        }
    }

    private static double scaleSeconds(int scale) {
        return (double) (1L << scale);
    }

    /** The geometric middle of an age class. */
    private static double middleSeconds(int age) {
        return (1L << age) * StrictMath.sqrt(2);
    }

    private static double shape(double ageSeconds, double scaleSeconds) {
        return -StrictMath.expm1(-ageSeconds / scaleSeconds);
    }

    /**
     * The least squares of the mean change by age class, each as heavy as it has changes.
     *
     * @param means the mean change of each class
     * @param totals how many changes it has
     */
    static Growth fit(double[] means, double[] totals) {
        Growth best = NONE;
        double leastError = Double.POSITIVE_INFINITY;
        for (int scale = 0; scale < SCALES; scale++) {
            double shapes = 0;
            double products = 0;
            for (int age = 0; age < means.length; age++) {
                double weighted = totals[age] * SHAPES[scale][age];
                shapes += weighted * SHAPES[scale][age];
                products += weighted * means[age];
            }
            double limit = shapes == 0 ? 0 : products / shapes;
            double error = 0;
            for (int age = 0; age < means.length; age++) {
                double off = means[age] - limit * SHAPES[scale][age];
                error += totals[age] * off * off;
            }
            if (error < leastError) {
                leastError = error;
                best = new Growth(limit, scaleSeconds(scale));
            }
        }
        return best;
    }

    /** Within a millionth of the limit; asked with every question for a figure. */
    double at(double ageSeconds) {
        return limit == 0 ? 0 : limit * quickShape(ageSeconds / scaleSeconds);
    }

    /** By (exp(-x / 256))^256, four terms of the series and eight squarings: a tenth of the time of the exact function. */
    private static double quickShape(double scales) {
        if (scales >= BEYOND) {
            return 1;
        }
        double part = scales / 256;
        double power = 1 - part * (1 - part / 2 * (1 - part / 3));
        for (int squaring = 0; squaring < 8; squaring++) {
            power *= power;
        }
        return 1 - power;
    }

    /** By what factor the spread of one age class is that of another. */
    double ratio(int age, int other) {
        return shape(middleSeconds(age), scaleSeconds) / shape(middleSeconds(other), scaleSeconds);
    }
}
