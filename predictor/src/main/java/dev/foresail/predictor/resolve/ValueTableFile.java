package dev.foresail.predictor.resolve;

import dev.foresail.predictor.json.DamagedLineException;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.node.Decision;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes and reads tables of values: JSON lines, the first says what the table is for and how many lines follow, then one for each situation. Numbers are
 * texts, so that every bit survives.
 */
public final class ValueTableFile {
    private static final String MARK = "foresail-values";
    private static final int FORMAT_VERSION = 1;
    /** A situation takes some 300 bytes of memory: its entry, its row, and a value of each alternative. */
    private static final int MOST_SITUATIONS = 5_000_000;

    private ValueTableFile() {}

    /** Writes the file as a whole or not at all. */
    public static void write(ValueTable table, Path file) throws IOException {
        JsonLines.writeFile(file, out -> {
            ValueTable.Origin origin = table.origin();
            Map<String, Object> header = new LinkedHashMap<>();
            header.put(MARK, FORMAT_VERSION);
            header.put("protocol", origin.protocol());
            header.put("schema", origin.schema());
            header.put("parameters", origin.parameters());
            header.put("objectives", origin.objectives());
            header.put("situations", table.size());
            out.append(JsonLines.write(header)).append('\n');
            for (Map.Entry<Long, ValueTable.Row> entry : table.rows().entrySet()) {
                out.append(JsonLines.write(line(entry.getKey(), entry.getValue())))
                        .append('\n');
            }
        });
    }

    private static Map<String, Object> line(long features, ValueTable.Row row) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("features", Long.toHexString(features));
        line.put("best", row.best());
        line.put("predictions", row.predictions());
        line.put(
                "means",
                row.values().stream()
                        .map(value -> Double.toString(value.mean()))
                        .toList());
        line.put(
                "spreads",
                row.values().stream()
                        .map(value -> Double.toString(value.spread()))
                        .toList());
        line.put("rollOuts", row.values().stream().map(Decision.Value::rollOuts).toList());
        return line;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read or is none; the message names file and line
     */
    public static ValueTable read(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 1;
            try {
                Header header = JsonLines.parse(JsonLines.nextLine(in), ValueTableFile::header);
                SortedMap<Long, ValueTable.Row> rows = new TreeMap<>();
                for (int situation = 0; situation < header.situations; situation++) {
                    number++;
                    JsonLines.parse(JsonLines.nextLine(in), line -> put(line, rows));
                }
                number++;
                if (!JsonLines.nextLine(in).isEmpty()) {
                    throw new IOException(file + ":" + number + ": more lines than the " + header.situations
                            + " situations that the first line tells of");
                }
                return new ValueTable(header.origin, rows);
            } catch (DamagedLineException damaged) {
                throw new IOException(
                        file + ":" + number + ": "
                                + (damaged.isCutShort()
                                        ? "the file ends in the middle; copy it as a whole"
                                        : damaged.getMessage()),
                        damaged);
            }
        }
    }

    private record Header(ValueTable.Origin origin, int situations) {}

    private static Header header(JsonObject line) throws IOException {
        if (line.number(MARK, 1) != FORMAT_VERSION) {
            throw new IOException("a table of format " + line.number(MARK, 1) + "; this version reads format "
                    + FORMAT_VERSION + "; precompute it again");
        }
        int situations = line.number("situations", 0);
        if (situations > MOST_SITUATIONS) {
            throw new IOException("more than " + MOST_SITUATIONS + " situations");
        }
        return new Header(
                new ValueTable.Origin(
                        line.text("protocol"),
                        line.text("schema"),
                        line.textsByName("parameters"),
                        line.textsByName("objectives")),
                situations);
    }

    private static long put(JsonObject line, SortedMap<Long, ValueTable.Row> rows) throws IOException {
        List<Double> means = doubles(line, "means");
        List<Double> spreads = doubles(line, "spreads");
        List<Integer> rollOuts = line.numbers("rollOuts", 0);
        if (spreads.size() != means.size() || rollOuts.size() != means.size()) {
            throw new IOException("'means', 'spreads' and 'rollOuts' are not of the same number");
        }
        List<Decision.Value> values = new ArrayList<>();
        for (int index = 0; index < means.size(); index++) {
            values.add(new Decision.Value(means.get(index), spreads.get(index), rollOuts.get(index)));
        }
        try {
            long features = Long.parseUnsignedLong(line.text("features"), 16);
            ValueTable.Row row = new ValueTable.Row(line.number("best", 0), values, line.number("predictions", 1));
            if (rows.put(features, row) != null) {
                throw new IOException("the features " + Long.toHexString(features) + " are there twice");
            }
            return features;
        } catch (IllegalArgumentException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    private static List<Double> doubles(JsonObject line, String name) throws IOException {
        List<Double> doubles = new ArrayList<>();
        for (String text : line.texts(name)) {
            try {
                doubles.add(Double.valueOf(text));
            } catch (NumberFormatException none) {
                throw new IOException("'" + name + "' is to be numbers as texts, not " + text, none);
            }
        }
        return doubles;
    }
}
