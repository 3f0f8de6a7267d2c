package dev.foresail.predictor.decision;

/** Quantiles of Student's distribution. Pure functions. */
final class StudentQuantiles {
    /** The 90th percentiles for 1 to 10 degrees of freedom. */
    private static final double[] NINETIETH = {
        3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968, 1.3830, 1.3722
    };

    private static final double NORMAL_NINETIETH = 1.2816;

    private StudentQuantiles() {}

    /**
     * The 90th percentile, half the width of an interval of 80 %; beyond the table by the first term of the expansion in the
     * degrees of freedom (Abramowitz and Stegun 26.7.5), which is right to 0.01.
     *
     * @param degrees of freedom; below 1 nothing is known of the spread, and 1 is taken
     */
    static double ninetiethPercentile(int degrees) {
        if (degrees <= NINETIETH.length) {
            return NINETIETH[Math.max(1, degrees) - 1];
        }
        double normal = NORMAL_NINETIETH;
        return normal + (normal * normal * normal + normal) / (4.0 * degrees);
    }
}
