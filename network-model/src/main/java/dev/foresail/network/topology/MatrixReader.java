package dev.foresail.network.topology;

import dev.foresail.network.topology.MatrixOptions.Layout;
import dev.foresail.network.topology.MatrixOptions.Meaning;
import dev.foresail.network.topology.MatrixOptions.Missing;
import dev.foresail.network.topology.MatrixText.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Reads measured matrices of latencies: comma-separated microseconds, plain or compressed (a name ending in {@code .gz}), in
 * one of the layouts of {@link Layout}. Stateless and thread-safe.
 *
 * <p>A column in an error counts values from 1.
 */
public final class MatrixReader {
    private static final double NANOS_PER_MICRO = 1_000;
    /** The largest square matrix read: about 800 MB of latencies. */
    public static final int MAXIMUM_ENDPOINTS = 10_000;

    private final MatrixText text;
    private final MatrixOptions options;

    private MatrixReader(MatrixText text, MatrixOptions options) {
        this.text = text;
        this.options = options;
    }

    /**
     * Reads a file.
     *
     * @throws MatrixFormatException when it cannot be read or is not such a matrix
     */
    public static MatrixTopology read(Path file, MatrixOptions options) {
        return new MatrixReader(MatrixText.read(file, options.maximumBytes()), options).read();
    }

    private MatrixTopology read() {
        Layout layout = options.layout().orElseGet(this::detect);
        return switch (layout) {
            case SQUARE -> readSquare();
            case UPPER_TRIANGLES -> readSlice(true);
            case OFF_DIAGONALS -> readSlice(false);
        };
    }

    private Layout detect() {
        Line first = text.lines().get(0);
        int columns = first.columns();
        int rows = text.lines().size();
        if (rows == columns || hasNames(first)) {
            return Layout.SQUARE;
        }
        boolean triangle = endpoints(columns, 2) > 0;
        boolean offDiagonal = endpoints(columns, 1) > 0;
        if (triangle && offDiagonal) {
            throw text.unknownLayout(columns
                    + " values a line may be a triangle or a whole matrix without its diagonal: state the layout");
        }
        if (triangle) {
            return Layout.UPPER_TRIANGLES;
        }
        if (offDiagonal) {
            return Layout.OFF_DIAGONALS;
        }
        if (StrictMath.abs(rows - columns) * 10L <= columns) {
            throw text.notSquare(rows, columns);
        }
        throw text.unknownLayout(rows + " lines of " + columns + " values are no layout that is known");
    }

    /** A line of names has no cell that could be a value; one odd cell in a line of numbers is a wrong value instead. */
    private static boolean hasNames(Line line) {
        return line.cells().stream().noneMatch(MatrixText::isNumber);
    }

    /** The n with n (n - 1) / divisor = values, or 0. */
    private static int endpoints(int values, int divisor) {
        int n = (int) ((1 + StrictMath.sqrt(1 + 4.0 * divisor * values)) / 2);
        return n >= 2 && (long) n * (n - 1) / divisor == values ? n : 0;
    }

    private MatrixTopology readSquare() {
        Line first = text.lines().get(0);
        boolean hasHeader = hasNames(first);
        List<Line> rows = hasHeader ? text.lines().subList(1, text.lines().size()) : text.lines();
        if (rows.isEmpty() || rows.size() > MAXIMUM_ENDPOINTS) {
            throw text.unknownLayout(rows.size() + " rows of values");
        }
        boolean hasRowNames = hasHeader && first.columns() == rows.size() + 1;
        int skipped = hasRowNames ? 1 : 0;
        List<String> names = hasHeader ? first.cells().subList(skipped, first.columns()) : numbers(rows.size());
        if (names.size() != rows.size()) {
            throw text.notSquare(rows.size(), names.size());
        }
        double[][] micros = new double[rows.size()][];
        for (int from = 0; from < micros.length; from++) {
            micros[from] = row(rows.get(from), skipped, micros.length, from);
        }
        return topology(micros, names, (from, to) -> text.place(rows.get(from), to + skipped + 1));
    }

    /** @param diagonal the value that may be 0; negative: none */
    private double[] row(Line line, int skipped, int expected, int diagonal) {
        List<String> cells = line.cells();
        if (cells.size() != expected + skipped) {
            throw text.notSquare(line, cells.size() - skipped, expected);
        }
        double[] values = new double[expected];
        for (int i = 0; i < expected; i++) {
            values[i] = text.micros(line, i + skipped + 1, cells.get(i + skipped), i == diagonal);
        }
        return values;
    }

    private MatrixTopology readSlice(boolean isTriangle) {
        if (options.slice() < 0 || options.slice() >= text.lines().size()) {
            throw text.unknownLayout("there is no slice " + options.slice() + " among "
                    + text.lines().size());
        }
        Line line = text.lines().get(options.slice());
        int columns = line.columns();
        int size = endpoints(columns, isTriangle ? 2 : 1);
        if (size == 0) {
            throw text.unknownLayout(columns + " values on line " + line.number() + " are no whole matrix");
        }
        double[] values = row(line, 0, columns, -1);
        double[][] micros = new double[size][size];
        int next = 0;
        for (int from = 0; from < size; from++) {
            for (int to = isTriangle ? from + 1 : 0; to < size; to++) {
                if (from != to) {
                    micros[from][to] = values[next++];
                    micros[to][from] = isTriangle ? micros[from][to] : micros[to][from];
                }
            }
        }
        return topology(micros, numbers(size), (from, to) -> text.place(line, column(from, to, size, isTriangle)));
    }

    private static int column(int from, int to, int size, boolean isTriangle) {
        int row = isTriangle ? StrictMath.min(from, to) : from;
        int column = isTriangle ? StrictMath.max(from, to) : to;
        return isTriangle
                ? row * (2 * size - row - 1) / 2 + column - row
                : row * (size - 1) + column + (column < row ? 1 : 0);
    }

    private MatrixTopology topology(
            double[][] micros, List<String> names, BiFunction<Integer, Integer, String> places) {
        double factor = options.meaning() == Meaning.ROUND_TRIP ? NANOS_PER_MICRO / 2 : NANOS_PER_MICRO;
        double median = options.missing() == Missing.OPPOSITE_DIRECTION_OR_MEDIAN ? median(micros) : Double.NaN;
        long[][] nanos = new long[micros.length][micros.length];
        for (int from = 0; from < micros.length; from++) {
            for (int to = 0; to < micros.length; to++) {
                if (from != to) {
                    double value = filled(micros[from][to], micros[to][from], median);
                    if (Double.isNaN(value)) {
                        throw MatrixText.missingValue(places.apply(from, to), names.get(from), names.get(to));
                    }
                    nanos[from][to] = StrictMath.round(value * factor);
                }
            }
        }
        return new MatrixTopology(nanos, names);
    }

    private double filled(double value, double opposite, double median) {
        if (!Double.isNaN(value) || options.missing() == Missing.REFUSE) {
            return value;
        }
        return Double.isNaN(opposite) ? median : opposite;
    }

    private static double median(double[][] micros) {
        double[] known = new double[micros.length * micros.length];
        int count = 0;
        for (int from = 0; from < micros.length; from++) {
            for (int to = 0; to < micros.length; to++) {
                if (from != to && !Double.isNaN(micros[from][to])) {
                    known[count++] = micros[from][to];
                }
            }
        }
        Arrays.sort(known, 0, count);
        return count == 0 ? Double.NaN : known[count / 2];
    }

    private static List<String> numbers(int size) {
        List<String> numbers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }
}
