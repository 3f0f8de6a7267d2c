package dev.foresail.eval.vivaldi;

/**
 * A coordinate of Vivaldi's section 5.4: a place in the plane, and a height above it that every packet to and from the node climbs. Immutable.
 *
 * @param east in milliseconds of a round trip, finite
 * @param north likewise
 * @param height likewise, at least {@link #LEAST_HEIGHT_MILLIS}
 */
public record HeightVector(double east, double north, double height) {
    /** Heights stay positive, as published; a hundredth of a millisecond is less than any access takes. */
    static final double LEAST_HEIGHT_MILLIS = 0.01;

    static final HeightVector ORIGIN = new HeightVector(0, 0, LEAST_HEIGHT_MILLIS);

    /** @throws IllegalArgumentException when a component is not finite, or the height too small */
    public HeightVector {
        if (!(Double.isFinite(east + north + height) && height >= LEAST_HEIGHT_MILLIS)) {
            throw new IllegalArgumentException(
                    "no coordinate: " + east + ", " + north + ", height " + height + " milliseconds");
        }
    }

    private double planar(HeightVector other) {
        return StrictMath.hypot(east - other.east, north - other.north);
    }

    /** The predicted round trip in milliseconds: the way between the two places, and both heights. */
    double distanceMillis(HeightVector other) {
        return planar(other) + height + other.height;
    }

    /**
     * Pushed away from another, or pulled towards it.
     *
     * @param forceMillis how far; below 0 towards it
     * @param angle in radians, where to when both are at the same place
     */
    HeightVector pushed(HeightVector from, double forceMillis, double angle) {
        if (planar(from) == 0) {
            return new HeightVector(
                    east + forceMillis * StrictMath.cos(angle), north + forceMillis * StrictMath.sin(angle), height);
        }
        double share = forceMillis / distanceMillis(from);
        return new HeightVector(
                east + share * (east - from.east),
                north + share * (north - from.north),
                StrictMath.max(LEAST_HEIGHT_MILLIS, height + share * (height + from.height)));
    }
}
