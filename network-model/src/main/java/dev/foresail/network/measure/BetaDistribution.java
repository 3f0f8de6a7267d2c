package dev.foresail.network.measure;

/**
 * The Beta distribution, with {@link StrictMath} only. Stateless.
 *
 * <p>Source: the continued fraction 26.5.8 of Abramowitz and Stegun by Lentz's method; Lanczos' approximation (g = 7, 9
 * coefficients) of the logarithm of the gamma function.
 */
final class BetaDistribution {
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };
    private static final int TERMS = 1_000;
    private static final int HALVINGS = 60;
    private static final double TINY = 1e-300;

    private BetaDistribution() {}

    /** The value that a Beta(a, b) variable stays below with the given probability in [0,1]; a and b are above 0. */
    static double quantile(double probability, double a, double b) {
        double low = 0;
        double high = 1;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (cumulative(middle, a, b) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The probability that a Beta(a, b) variable is at most x, which lies in [0,1]. */
    static double cumulative(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
        // The fraction converges quickly on this side of the mean only.
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b;
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / apart(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int term = 1; term <= TERMS; term++) {
            double even = term * (b - term) * x / ((a + 2 * term - 1) * (a + 2 * term));
            d = 1 / apart(1 + even * d);
            c = apart(1 + even / c);
            value *= d * c;
            double odd = -(a + term) * (a + b + term) * x / ((a + 2 * term) * (a + 2 * term + 1));
            d = 1 / apart(1 + odd * d);
            c = apart(1 + odd / c);
            value *= d * c;
            if (StrictMath.abs(d * c - 1) < 1e-14) {
                break;
            }
        }
        return value;
    }

    private static double apart(double value) {
        return StrictMath.abs(value) < TINY ? TINY : value;
    }

    private static double logGamma(double x) {
        double sum = LANCZOS[0];
        for (int term = 1; term < LANCZOS.length; term++) {
            sum += LANCZOS[term] / (x + term - 1);
        }
        double base = x + LANCZOS.length - 2.5;
        return (x - 0.5) * StrictMath.log(base) - base + StrictMath.log(StrictMath.sqrt(2 * StrictMath.PI) * sum);
    }
}
