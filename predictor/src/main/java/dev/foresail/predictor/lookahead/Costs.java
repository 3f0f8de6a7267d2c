package dev.foresail.predictor.lookahead;

/** Compares costs that are ordered by priority. What is unknown (NaN) tells nothing apart. Pure functions. */
public final class Costs {
    /** Differences below this share of the values are rounding, not a preference. */
    private static final double TOLERANCE = 1e-9;

    private Costs() {}

    /** Negative when {@code first} is better: at the first place that tells them apart, the lower one. */
    public static int compare(double[] first, double[] second) {
        for (int term = 0; term < first.length; term++) {
            if (differ(first[term], second[term])) {
                return Double.compare(first[term], second[term]);
            }
        }
        return 0;
    }

    /** Whether the difference is more than rounding. */
    public static boolean differ(double first, double second) {
        if (Double.isInfinite(first) || Double.isInfinite(second)) {
            return first != second;
        }
        return Math.abs(first - second) > TOLERANCE * Math.max(1, Math.max(Math.abs(first), Math.abs(second)));
    }
}
