package dev.foresail.network.measure;

/**
 * Where a value lies with a stated probability, both ends included. Immutable.
 *
 * @param low not above high
 */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("not an interval: " + low + " to " + high);
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** The interval of a value that is this one times a factor of at least 0. */
    public Interval scaled(double factor) {
        return new Interval(low * factor, high * factor);
    }
}
