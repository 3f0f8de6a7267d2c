package dev.foresail.network.coordinate;

import dev.foresail.network.random.RandomStream;
import java.util.Arrays;

/**
 * Finds the place of one node from round trips to others whose places are taken as known: a robust non-linear regression of
 * {@link #UNKNOWNS} unknowns (position and height) by damped Gauss-Newton steps (Levenberg-Marquardt) with re-weighted residuals.
 *
 * <p>What is minimised is the sum of weight x pseudo-Huber(relative error), whose knee is at {@link #KNEE}: beyond it an error
 * counts by its size and no longer by its square, so one wrong round trip pulls no harder than many others. The knee of 5 % is
 * that of the central fits in the literature's comparison (netmodel notes, section 2.2), not fitted to any matrix.
 *
 * <p>Not thread-safe; what it needs is allocated once.
 */
final class PositionSolver {
    static final int UNKNOWNS = Coordinate.DIMENSIONS + 1;
    /** The index of the height, behind the position's dimensions. */
    static final int HEIGHT = Coordinate.DIMENSIONS;

    static final double KNEE = 0.05;
    /** Damping of a step that is tried first, and how it grows while steps make matters worse: Marquardt (1963). */
    private static final double FIRST_DAMPING = 0.01;

    private static final double MORE_DAMPING = 10;
    private static final int TRIES = 5;
    /** A step that gains less than this share is the last one. */
    private static final double SMALLEST_GAIN = 1e-3;
    /** Keeps the equations solvable where round trips say nothing of a direction. */
    private static final double FAINT = 1e-9;

    private static final double COINCIDENT_MILLIS = 1e-6;

    private final RandomStream random;
    private final double[] normal = new double[UNKNOWNS * UNKNOWNS];
    private final double[] factor = new double[UNKNOWNS * UNKNOWNS];
    private final double[] slope = new double[UNKNOWNS];
    private final double[] gradient = new double[UNKNOWNS];
    private final double[] step = new double[UNKNOWNS];
    private final double[] tried = new double[UNKNOWNS];

    private int count;
    private double[] places = new double[0];
    private double[] roundTrips = new double[0];
    private double[] weights = new double[0];

    /** @param random gives the direction where two nodes are at the same place */
    PositionSolver(RandomStream random) {
        this.random = random;
    }

    /** Forgets the round trips, and makes room for as many others. */
    void clear(int capacity) {
        count = 0;
        if (roundTrips.length < capacity) {
            places = new double[capacity * UNKNOWNS];
            roundTrips = new double[capacity];
            weights = new double[capacity];
        }
    }

    /**
     * Adds a round trip, after {@link #clear} for at least as many.
     *
     * @param place where the other's {@link #UNKNOWNS} lengths begin in {@code from}
     * @param roundTripMillis above 0
     * @param weight above 0
     */
    void add(double[] from, int place, double roundTripMillis, double weight) {
        System.arraycopy(from, place, places, count * UNKNOWNS, UNKNOWNS);
        roundTrips[count] = roundTripMillis;
        weights[count] = weight;
        count++;
    }

    /**
     * Moves {@code own} to where the round trips fit better.
     *
     * @param own the {@link #UNKNOWNS} lengths of the node's place, in milliseconds
     * @param steps the largest number of steps
     */
    void solve(double[] own, int steps) {
        double loss = loss(own);
        for (int index = 0; index < steps; index++) {
            linearise(own);
            double better = tryStep(own, loss);
            if (!(better < loss)) {
                return;
            }
            System.arraycopy(tried, 0, own, 0, UNKNOWNS);
            if (loss - better < SMALLEST_GAIN * loss) {
                return;
            }
            loss = better;
        }
    }

    /** The relative errors of the round trips as seen from a place, without sign, into {@code target}; answers how many. */
    int errors(double[] own, double[] target) {
        for (int other = 0; other < count; other++) {
            target[other] = Math.abs(error(own, other));
        }
        return count;
    }

    private double error(double[] own, int other) {
        return (predicted(own, other) - roundTrips[other]) / roundTrips[other];
    }

    private double predicted(double[] own, int other) {
        return distance(own, 0, places, other * UNKNOWNS);
    }

    /** The round trip between two places of {@link #UNKNOWNS} lengths each. */
    static double distance(double[] left, int leftPlace, double[] right, int rightPlace) {
        return Math.sqrt(squares(left, leftPlace, right, rightPlace))
                + left[leftPlace + HEIGHT]
                + right[rightPlace + HEIGHT];
    }

    private static double squares(double[] left, int leftPlace, double[] right, int rightPlace) {
        double squares = 0;
        for (int dimension = 0; dimension < Coordinate.DIMENSIONS; dimension++) {
            double apart = left[leftPlace + dimension] - right[rightPlace + dimension];
            squares += apart * apart;
        }
        return squares;
    }

    private double loss(double[] own) {
        double loss = 0;
        for (int other = 0; other < count; other++) {
            double knees = error(own, other) / KNEE;
            loss += weights[other] * (Math.sqrt(1 + knees * knees) - 1);
        }
        return loss;
    }

    /** The normal equations of the weighted errors at {@code own}. */
    private void linearise(double[] own) {
        Arrays.fill(normal, 0);
        Arrays.fill(gradient, 0);
        for (int other = 0; other < count; other++) {
            double error = error(own, other);
            double knees = error / KNEE;
            double weight = weights[other] / Math.sqrt(1 + knees * knees);
            slopeTo(own, other);
            for (int row = 0; row < UNKNOWNS; row++) {
                double weighted = weight * slope[row];
                gradient[row] -= weighted * error;
                for (int column = 0; column <= row; column++) {
                    normal[row * UNKNOWNS + column] += weighted * slope[column];
                }
            }
        }
    }

    private void slopeTo(double[] own, int other) {
        int place = other * UNKNOWNS;
        double length = Math.sqrt(squares(own, 0, places, place));
        boolean coincident = length < COINCIDENT_MILLIS;
        double perMilli = 1 / roundTrips[other];
        for (int dimension = 0; dimension < Coordinate.DIMENSIONS; dimension++) {
            double direction = coincident
                    ? random.nextGaussian() / Math.sqrt(Coordinate.DIMENSIONS)
                    : (own[dimension] - places[place + dimension]) / length;
            slope[dimension] = direction * perMilli;
        }
        slope[HEIGHT] = perMilli;
    }

    /** Leaves the first step that is better in {@link #tried}, and answers its loss; the old loss when there was none. */
    private double tryStep(double[] own, double loss) {
        double damping = FIRST_DAMPING;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            solveNormal(damping);
            for (int row = 0; row < UNKNOWNS; row++) {
                tried[row] = own[row] + step[row];
            }
            tried[HEIGHT] = Math.max(0, tried[HEIGHT]);
            double reached = loss(tried);
            if (reached < loss) {
                return reached;
            }
            damping *= MORE_DAMPING;
        }
        return loss;
    }

    /** Cholesky's factors of the damped equations, and with them the step. */
    private void solveNormal(double damping) {
        for (int row = 0; row < UNKNOWNS; row++) {
            for (int column = 0; column <= row; column++) {
                double value = normal[row * UNKNOWNS + column];
                value = row == column ? value * (1 + damping) + FAINT : value;
                for (int inner = 0; inner < column; inner++) {
                    value -= factor[row * UNKNOWNS + inner] * factor[column * UNKNOWNS + inner];
                }
                factor[row * UNKNOWNS + column] = row == column
                        ? Math.sqrt(Math.max(value, FAINT * FAINT))
                        : value / factor[column * UNKNOWNS + column];
            }
        }
        for (int row = 0; row < UNKNOWNS; row++) {
            double value = gradient[row];
            for (int inner = 0; inner < row; inner++) {
                value -= factor[row * UNKNOWNS + inner] * step[inner];
            }
            step[row] = value / factor[row * UNKNOWNS + row];
        }
        for (int row = UNKNOWNS - 1; row >= 0; row--) {
            double value = step[row];
            for (int inner = row + 1; inner < UNKNOWNS; inner++) {
                value -= factor[inner * UNKNOWNS + row] * step[inner];
            }
            step[row] = value / factor[row * UNKNOWNS + row];
        }
    }
}
