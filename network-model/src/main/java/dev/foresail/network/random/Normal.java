package dev.foresail.network.random;

/** The standard normal distribution, computed with {@link StrictMath} only. Stateless. */
public final class Normal {
    private static final double[] CENTRE_NUMERATOR = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] CENTRE_DENOMINATOR = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1
    };
    private static final double[] TAIL_NUMERATOR = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] TAIL_DENOMINATOR = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
    };
    private static final double TAIL_STARTS = 0.02425;

    private Normal() {}

    /**
     * The value that a standard normal variable stays below with the given probability (Acklam's rational approximation,
     * relative error below 1.2e-9).
     *
     * @param probability strictly between 0 and 1
     * @throws IllegalArgumentException when it is not
     */
    public static double quantile(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("probability must lie strictly between 0 and 1, got " + probability);
        }
        if (probability < TAIL_STARTS) {
            return tail(probability);
        }
        if (probability > 1 - TAIL_STARTS) {
            return -tail(1 - probability);
        }
        double offset = probability - 0.5;
        double square = offset * offset;
        return polynomial(CENTRE_NUMERATOR, square) * offset / polynomial(CENTRE_DENOMINATOR, square);
    }

    private static double tail(double probability) {
        double root = StrictMath.sqrt(-2 * StrictMath.log(probability));
        return polynomial(TAIL_NUMERATOR, root) / polynomial(TAIL_DENOMINATOR, root);
    }

    private static double polynomial(double[] coefficients, double at) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * at + coefficient;
        }
        return sum;
    }
}
