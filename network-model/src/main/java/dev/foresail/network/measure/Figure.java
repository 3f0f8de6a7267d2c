package dev.foresail.network.measure;

/**
 * A figure with how well it is known. The unit of value and spread is that of the method which answers it. Immutable.
 *
 * @param value the estimate
 * @param spread how far single observations lie from the value (mean absolute deviation for round trips, standard deviation
 *     for losses); 0 when the figure is exact, infinite when nothing is known
 * @param samples how many observations it rests on; 0 for an assumption, {@link #EXACT} for a figure that is given
 * @param ageNanos time since the latest observation, at least 0; {@link Long#MAX_VALUE} when there was none
 */
public record Figure(double value, double spread, long samples, long ageNanos) {
    private static final Figure NOTHING = new Figure(0, Double.POSITIVE_INFINITY, 0, Long.MAX_VALUE);

    /** The number of samples of a figure that is given, not measured. */
    public static final long EXACT = Long.MAX_VALUE;

    public Figure {
        if (Double.isNaN(value) || !(spread >= 0) || samples < 0 || ageNanos < 0) {
            throw new IllegalArgumentException("not a figure: value " + value + ", spread " + spread + ", samples "
                    + samples + ", age " + ageNanos);
        }
    }

    /** A figure that is given, not measured. */
    public static Figure exact(double value) {
        return new Figure(value, 0, EXACT, 0);
    }

    /** A figure that nobody has measured: a stated default. */
    public static Figure assumed(double value) {
        // Every link keeps some that say nothing.
        return value == 0 ? NOTHING : new Figure(value, Double.POSITIVE_INFINITY, 0, Long.MAX_VALUE);
    }

    /** Whether at least one observation, or exact knowledge, stands behind it. */
    public boolean isKnown() {
        return samples > 0;
    }

    /** The same knowledge in another unit or of a part: value and spread times a factor of at least 0. */
    public Figure scaled(double factor) {
        return new Figure(value * factor, factor == 0 ? 0 : spread * factor, samples, ageNanos);
    }
}
