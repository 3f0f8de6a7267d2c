package dev.foresail.network.topology;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The lines and cells of a matrix file, with their places. */
final class MatrixText {
    /** Enough for the upper triangle of 632 nodes on one line. */
    static final int MAXIMUM_COLUMNS = 200_000;

    private static final int MAXIMUM_QUOTED = 40;
    /** A value above 24 hours is no latency; it also keeps nanoseconds far from overflow. */
    private static final double MAXIMUM_MICROS = 86_400e6;

    private final Path file;
    private final List<Line> lines = new ArrayList<>();

    /** One line that is not empty: its number in the file, from 1, and its text. */
    record Line(int number, String text) {
        int columns() {
            int columns = 1;
            for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
                columns++;
            }
            return columns;
        }

        List<String> cells() {
            List<String> cells = new ArrayList<>();
            for (String cell : text.split(",", -1)) {
                cells.add(cell.strip());
            }
            return cells;
        }
    }

    private MatrixText(Path file) {
        this.file = file;
    }

    static MatrixText read(Path file, int maximumBytes) {
        MatrixText text = new MatrixText(file);
        String content = new String(text.readBounded(maximumBytes), StandardCharsets.UTF_8);
        int number = 0;
        for (String line : (Iterable<String>) content.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                text.add(new Line(number, line));
            }
        }
        if (text.lines.isEmpty()) {
            throw text.unknownLayout("the file is empty");
        }
        return text;
    }

    private void add(Line line) {
        if (line.columns() > MAXIMUM_COLUMNS) {
            throw fail(
                    "FS236", line, 1, line.columns() + " values on one line, at most " + MAXIMUM_COLUMNS + " are read");
        }
        lines.add(line);
    }

    private byte[] readBounded(int maximumBytes) {
        try (InputStream input = open()) {
            byte[] content = input.readNBytes(maximumBytes);
            if (content.length == maximumBytes && input.read() >= 0) {
                throw new MatrixFormatException(
                        "FS236", file.toString(), "larger than " + maximumBytes + " bytes, the most that is read");
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw unreadable(
                    "there is no such file; expected a .csv or .csv.gz file with a matrix of latencies", missing);
        } catch (IOException failure) {
            throw unreadable("cannot be read (" + failure.getMessage() + ")", failure);
        }
    }

    private InputStream open() throws IOException {
        InputStream raw = Files.newInputStream(file);
        if (!file.toString().endsWith(".gz")) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException failure) {
            raw.close();
            throw failure;
        }
    }

    List<Line> lines() {
        return lines;
    }

    /** A number of microseconds, above 0 unless it is of an endpoint to itself; NaN for a missing value. */
    double micros(Line line, int column, String cell, boolean mayBeZero) {
        double value;
        try {
            value = Double.parseDouble(cell);
        } catch (NumberFormatException notANumber) {
            MatrixFormatException failure = fail(
                    "FS231", line, column, quoted(cell) + " is not a number; expected microseconds, or NaN if missing");
            failure.initCause(notANumber);
            throw failure;
        }
        if (value < 0 || value > MAXIMUM_MICROS) {
            throw fail("FS232", line, column, quoted(cell) + " is no latency; expected 0 to 86400000000 microseconds");
        }
        if (value == 0 && !mayBeZero) {
            throw fail(
                    "FS232",
                    line,
                    column,
                    quoted(cell)
                            + " between different endpoints is no latency; expected more than 0, or NaN if missing");
        }
        return value;
    }

    static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    MatrixFormatException notSquare(Line line, int columns, int expected) {
        return fail("FS230", line, 1, columns + " values, expected " + expected + " as the matrix must be square");
    }

    MatrixFormatException notSquare(int rows, int columns) {
        return new MatrixFormatException(
                "FS230", file.toString(), rows + " rows of " + columns + " values; the matrix must be square");
    }

    MatrixFormatException unknownLayout(String problem) {
        return new MatrixFormatException(
                "FS233",
                file.toString(),
                problem
                        + "; expected n lines of n values (with or without a line of names), or lines that each hold the"
                        + " n(n-1)/2 values above the diagonal or the n(n-1) values off it");
    }

    String place(Line line, int column) {
        return file + ":" + line.number() + ":" + column;
    }

    static MatrixFormatException missingValue(String place, String from, String to) {
        return new MatrixFormatException(
                "FS235",
                place,
                "no latency from " + quoted(from) + " to " + quoted(to) + " (NaN), and none that may stand in for it");
    }

    private MatrixFormatException unreadable(String problem, IOException cause) {
        MatrixFormatException failure = new MatrixFormatException("FS234", file.toString(), problem);
        failure.initCause(cause);
        return failure;
    }

    private MatrixFormatException fail(String code, Line line, int column, String problem) {
        return new MatrixFormatException(code, place(line, column), problem);
    }

    private static String quoted(String cell) {
        String shortened = cell.length() <= MAXIMUM_QUOTED ? cell : cell.substring(0, MAXIMUM_QUOTED) + "...";
        return "'" + shortened.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
