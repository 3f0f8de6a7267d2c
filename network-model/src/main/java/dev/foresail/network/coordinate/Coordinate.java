package dev.foresail.network.coordinate;

import java.util.Arrays;

/**
 * Where a node is in the network, as far as round trips tell: a position in 8 dimensions, a height that stands for the way from
 * the node to the network's core, and how well both are known. All lengths are milliseconds of round trip. Immutable.
 *
 * <p>8 dimensions and the greatest error of 1.5 are those of HashiCorp's Serf (coordinate/config.go); the height is that of
 * Dabek, Cox, Kaashoek, Morris, "Vivaldi" (SIGCOMM 2004, section 5.4).
 */
public final class Coordinate {
    /** How many dimensions a position has. */
    public static final int DIMENSIONS = 8;
    /** The error of a node that has measured nothing. */
    public static final float LARGEST_ERROR = 1.5f;
    /** No part of a position is further from 0, and no height greater. */
    public static final float LARGEST_LENGTH_MILLIS = 10_000;

    private final float[] position;
    private final float heightMillis;
    private final float error;

    private Coordinate(float[] position, float heightMillis, float error) {
        this.position = position;
        this.heightMillis = heightMillis;
        this.error = error;
    }

    /**
     * A coordinate of its parts.
     *
     * @param position {@link #DIMENSIONS} lengths, each within {@link #LARGEST_LENGTH_MILLIS} of 0
     * @param heightMillis from 0 to {@link #LARGEST_LENGTH_MILLIS}
     * @param error the usual relative error of round trips that are told with it, from 0 to {@link #LARGEST_ERROR}
     * @throws IllegalArgumentException when a part is out of its range or not a number
     */
    public static Coordinate of(float[] position, float heightMillis, float error) {
        String problem = problem(position, heightMillis, error);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        return new Coordinate(position.clone(), heightMillis, error);
    }

    /** What keeps parts from being a coordinate; empty when nothing does. */
    static String problem(float[] position, float heightMillis, float error) {
        if (position.length != DIMENSIONS) {
            return "a position has " + DIMENSIONS + " dimensions, not " + position.length;
        }
        for (float length : position) {
            if (!(Math.abs(length) <= LARGEST_LENGTH_MILLIS)) {
                return "a position's parts are within " + LARGEST_LENGTH_MILLIS + " ms of 0, not " + length;
            }
        }
        if (!(heightMillis >= 0 && heightMillis <= LARGEST_LENGTH_MILLIS)) {
            return "a height is from 0 to " + LARGEST_LENGTH_MILLIS + " ms, not " + heightMillis;
        }
        if (!(error >= 0 && error <= LARGEST_ERROR)) {
            return "an error is from 0 to " + LARGEST_ERROR + ", not " + error;
        }
        return "";
    }

    /** One part of the position in milliseconds; the dimension counts from 0. */
    public float position(int dimension) {
        return position[dimension];
    }

    /** In milliseconds, at least 0. */
    public float heightMillis() {
        return heightMillis;
    }

    /** The usual relative error of round trips told with it, as its node believes: from 0 to {@link #LARGEST_ERROR}. */
    public float error() {
        return error;
    }

    /** The round trip between two nodes, in milliseconds. Allocates nothing. */
    public double roundTripMillis(Coordinate other) {
        double squares = 0;
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            double apart = position[dimension] - other.position[dimension];
            squares += apart * apart;
        }
        return Math.sqrt(squares) + heightMillis + other.heightMillis;
    }

    /**
     * The relative error that is to be expected of {@link #roundTripMillis}, from 0 to {@link #LARGEST_ERROR}: the root of the
     * mean square of both ends' errors.
     */
    public double expectedError(Coordinate other) {
        return Math.sqrt((error * error + other.error * other.error) / 2.0);
    }

    /** How far apart two coordinates are as points, the height being one dimension more; in milliseconds. */
    public double movedMillis(Coordinate other) {
        double higher = heightMillis - other.heightMillis;
        double squares = higher * higher;
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            double apart = position[dimension] - other.position[dimension];
            squares += apart * apart;
        }
        return Math.sqrt(squares);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coordinate that
                && Arrays.equals(position, that.position)
                && heightMillis == that.heightMillis
                && error == that.error;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(position) * 31 * 31 + Float.hashCode(heightMillis) * 31 + Float.hashCode(error);
    }

    @Override
    public String toString() {
        return Arrays.toString(position) + " height " + heightMillis + " ms, error " + error;
    }
}
