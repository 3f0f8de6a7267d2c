package dev.foresail.network.topology;

import java.util.Optional;

/**
 * How to read a matrix of latencies in microseconds.
 *
 * @param meaning what one value is
 * @param missing what to do about values given as NaN
 * @param layout how values are arranged; empty: found out, where it is unambiguous
 * @param slice which line to use when each line is a whole matrix, from 0
 * @param maximumBytes the largest file accepted, after decompression
 */
public record MatrixOptions(Meaning meaning, Missing missing, Optional<Layout> layout, int slice, int maximumBytes) {
    /** Whether a value is the way there, or there and back. */
    public enum Meaning {
        /** There and back; half of it is taken as one way. */
        ROUND_TRIP,
        /** One way. */
        ONE_WAY
    }

    /** What stands in for a missing value. */
    public enum Missing {
        /** The opposite direction's; if that is missing too, the file is refused. */
        OPPOSITE_DIRECTION,
        /** The opposite direction's; if that is missing too, the median of all values. */
        OPPOSITE_DIRECTION_OR_MEDIAN,
        /** Nothing: the file is refused. */
        REFUSE
    }

    /** How values are arranged. */
    public enum Layout {
        /** n lines of n values; the first line may hold n names, and then the first column too. */
        SQUARE,
        /** Each line is a symmetric matrix: the n (n - 1) / 2 values above the diagonal, row by row. */
        UPPER_TRIANGLES,
        /** Each line is a matrix: the n (n - 1) values off the diagonal, row by row. */
        OFF_DIAGONALS
    }

    private static final int DEFAULT_MAXIMUM_BYTES = 64 << 20;

    /** Reads with the given meaning: layout found out, missing values from the opposite direction, files up to 64 MiB. */
    public static MatrixOptions of(Meaning meaning) {
        return new MatrixOptions(meaning, Missing.OPPOSITE_DIRECTION, Optional.empty(), 0, DEFAULT_MAXIMUM_BYTES);
    }

    /** The same with another way to treat missing values. */
    public MatrixOptions withMissing(Missing other) {
        return new MatrixOptions(meaning, other, layout, slice, maximumBytes);
    }

    /** The same for a stated layout. */
    public MatrixOptions withLayout(Layout stated) {
        return new MatrixOptions(meaning, missing, Optional.of(stated), slice, maximumBytes);
    }

    /** The same for another line of a file whose lines are whole matrices. */
    public MatrixOptions withSlice(int other) {
        return new MatrixOptions(meaning, missing, layout, other, maximumBytes);
    }

    /** The same with another limit. */
    public MatrixOptions withMaximumBytes(int other) {
        return new MatrixOptions(meaning, missing, layout, slice, other);
    }
}
