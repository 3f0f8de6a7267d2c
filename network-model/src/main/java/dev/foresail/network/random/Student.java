package dev.foresail.network.random;

/** Student's distribution: what the mean of a few figures says. Pure functions, the same on every machine. */
public final class Student {
    private Student() {}

    /**
     * The value that a variable of Student's distribution stays below with the given probability: exact for 1 and 2 degrees of freedom, else
     * by four terms of the expansion in them (Abramowitz and Stegun 26.7.5), right to 0.5 % for probabilities from 0.01 to 0.99.
     *
     * @param probability strictly between 0 and 1
     * @param degrees of freedom, at least 1
     * @throws IllegalArgumentException when they are not
     */
    public static double quantile(double probability, int degrees) {
        double normal = Normal.quantile(probability);
        if (degrees < 1) {
            throw new IllegalArgumentException("degrees of freedom are at least 1, not " + degrees);
        }
        if (degrees == 1) {
            return StrictMath.tan(StrictMath.PI * (probability - 0.5));
        }
        if (degrees == 2) {
            return (2 * probability - 1) / StrictMath.sqrt(2 * probability * (1 - probability));
        }
        double square = normal * normal;
        double first = (square + 1) / 4;
        double second = ((5 * square + 16) * square + 3) / 96;
        double third = (((3 * square + 19) * square + 17) * square - 15) / 384;
        double fourth = ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160;
        double share = 1.0 / degrees;
        return normal * (1 + share * (first + share * (second + share * (third + share * fourth))));
    }
}
