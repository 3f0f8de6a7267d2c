package dev.foresail.eval.coordinates;

import dev.foresail.steering.config.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads compressed files of comma-separated values. Stateless. */
final class CsvRows {
    private CsvRows() {}

    /**
     * All lines, cut at commas.
     *
     * @throws ConfigurationException FS366 when there is none
     */
    static List<String[]> texts(Path file) throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
                rows.add(line.get().split(",", -1));
            }
        }
        if (rows.isEmpty()) {
            throw new ConfigurationException(
                    "FS366", file + ": the file is empty, expected values separated by commas");
        }
        return rows;
    }

    private static Optional<String> next(BufferedReader lines) throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    /**
     * Rows of equal length of numbers above 0, with NaN for what is missing.
     *
     * @throws ConfigurationException FS366 when there is something else
     */
    static double[][] numbers(Path file) throws IOException {
        List<String[]> rows = texts(file);
        double[][] numbers = new double[rows.size()][];
        for (int row = 0; row < numbers.length; row++) {
            String[] texts = rows.get(row);
            int line = row + 1;
            expectLength(file, line, texts, rows.get(0).length);
            numbers[row] = Arrays.stream(texts)
                    .mapToDouble(text -> number(file, line, text))
                    .toArray();
        }
        return numbers;
    }

    /** @throws ConfigurationException FS366 when a line has more or fewer values than the first line */
    static void expectLength(Path file, int line, String[] values, int expected) {
        if (values.length != expected) {
            throw new ConfigurationException(
                    "FS366",
                    file + ":" + line + ": " + values.length + " values, expected " + expected
                            + " as in the first line");
        }
    }

    /**
     * A number above 0, or NaN.
     *
     * @throws ConfigurationException FS366 when it is neither
     */
    static double number(Path file, int line, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isNaN(number) || number > 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Said below, together with numbers that cannot be.
        }
        throw new ConfigurationException(
                "FS366", file + ":" + line + ": '" + text + "', expected a number above 0 or NaN");
    }
}
