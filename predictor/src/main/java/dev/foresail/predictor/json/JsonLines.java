package dev.foresail.predictor.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of one JSON object per line, as plain maps, lists, texts, whole numbers and booleans. Whatever is not ASCII is escaped, so
 * that every text survives.
 */
public final class JsonLines {
    /** Objects in lists of objects in lists in the object. */
    private static final int DEEPEST = 5;
    /** So many unfinished writes of one file are no accident. */
    private static final int MOST_PARTS = 1000;

    /** How many characters a text may have that is written or read: the bytes of a state have two each. */
    static final int LONGEST_TEXT = 1 << 26;

    /** How many characters a line may have that is written or read, its end included: room for a longest text and much around it. */
    static final int LONGEST_LINE = 2 * LONGEST_TEXT;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(20)
                    .build())
            .build();

    private JsonLines() {}

    /** Makes something of a line. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws IOException when the object has not what it is to have */
        T parse(JsonObject object) throws IOException;
    }

    /** Writes what a file is to hold. */
    @FunctionalInterface
    public interface Content {
        void write(Writer out) throws IOException;
    }

    /**
     * Writes a file that is there as a whole or not at all: next to it first, then moved into its place. Several processes
     * may write the same file; the last one wins.
     */
    public static void writeFile(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = newPart(file);
        try {
            try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                content.write(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException failed) {
            // Once it was moved the name may be another writer's.
            Files.deleteIfExists(part);
            throw failed;
        }
    }

    /** A new file next to {@code file} that nobody else writes, whatever those who were killed have left behind. */
    private static Path newPart(Path file) throws IOException {
        for (int number = 1; ; number++) {
            try {
                return Files.createFile(file.resolveSibling(file.getFileName() + "." + number + ".part"));
            } catch (FileAlreadyExistsException taken) {
                if (number == MOST_PARTS) {
                    throw taken;
                }
            }
        }
    }

    /**
     * The next line with the end that it has; empty at the end of the text.
     *
     * @throws DamagedLineException when it is longer than any that is written, as of a file that has no lines
     */
    public static String nextLine(Reader text) throws IOException {
        return nextLine(text, LONGEST_LINE);
    }

    static String nextLine(Reader text, int longest) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = text.read(); next >= 0; next = text.read()) {
            if (line.length() == longest) {
                throw new DamagedLineException("it has more than " + longest + " characters");
            }
            line.append((char) next);
            if (next == '\n') {
                break;
            }
        }
        return line.toString();
    }

    /** What {@code parser} makes of a line of {@link #nextLine}. */
    public static <T> T parse(String line, Parser<T> parser) throws DamagedLineException {
        try {
            return parser.parse(read(line));
        } catch (IOException wrong) {
            // Every line that was written has an end.
            boolean cutShort = line.isEmpty() || (line.startsWith("{") && !line.endsWith("\n"));
            String problem =
                    String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
            throw new DamagedLineException(problem, cutShort, wrong);
        }
    }

    /**
     * The object on one line, without the line's end.
     *
     * @throws IOException when a text, or all of it, is longer than what can be read again
     */
    public static String write(Map<String, ?> object) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(line)) {
            writeValue(out, "", object);
        }
        if (line.getBuffer().length() >= LONGEST_LINE) {
            throw new IOException(
                    "a line has " + line.getBuffer().length() + " characters; it has less than " + LONGEST_LINE);
        }
        return line.toString();
    }

    private static void writeValue(JsonGenerator out, String name, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(entry.getKey().toString());
                writeValue(out, entry.getKey().toString(), entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            out.writeStartArray();
            for (Object element : elements) {
                writeValue(out, name, element);
            }
            out.writeEndArray();
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else {
            out.writeString(readable(name, value.toString()));
        }
    }

    private static String readable(String name, String text) throws IOException {
        if (text.length() > LONGEST_TEXT) {
            throw new IOException(
                    "'" + name + "' has " + text.length() + " characters; a text has at most " + LONGEST_TEXT);
        }
        return text;
    }

    /**
     * The object on the line.
     *
     * @throws IOException when it is no object of texts, whole numbers, booleans, lists and objects
     */
    static JsonObject read(String line) throws IOException {
        try (JsonParser in = FACTORY.createParser(line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            JsonObject object = new JsonObject(readObject(in));
            if (in.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
            return object;
        }
    }

    private static Map<String, Object> readObject(JsonParser in) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            object.put(name, readValue(in, in.nextToken()));
        }
        return object;
    }

    private static Object readValue(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> readObject(in);
            case START_ARRAY -> readList(in);
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default ->
                throw new IOException("'" + in.getText() + "' is no text, whole number, boolean, list or object");
        };
    }

    private static List<Object> readList(JsonParser in) throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            list.add(readValue(in, token));
        }
        return list;
    }
}
