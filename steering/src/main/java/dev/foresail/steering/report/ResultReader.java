package dev.foresail.steering.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code foresail eval --json} writes: one object after the other, or the object of a report, which holds several.
 * Strict and bounded, as anybody may hand such a file over. Pure functions.
 */
public final class ResultReader {
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 1 << 22;
    private static final int LONGEST_NUMBER = 400;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private ResultReader() {}

    /**
     * The results in a text, in their order; at least one.
     *
     * @param origin where the text is from, for people
     * @throws ResultException when there is anything else in it, or nothing
     */
    public static List<Measurement> read(String text, String origin) throws ResultException {
        List<Measurement> measurements = new ArrayList<>();
        try (JsonParser in = FACTORY.createParser(text)) {
            while (in.nextToken() != null) {
                JsonLocation where = in.currentTokenLocation();
                if (in.currentToken() != JsonToken.START_OBJECT) {
                    throw new ResultException("a JSON object is expected" + at(where));
                }
                measurements.addAll(measurements(object(in), origin, where));
            }
        } catch (JacksonException wrong) {
            throw new ResultException(firstLine(wrong.getOriginalMessage()) + at(wrong.getLocation()));
        } catch (IOException impossible) {
            throw new IllegalStateException("reading a text", impossible);
        }
        if (measurements.isEmpty()) {
            throw new ResultException("nothing is in it");
        }
        return measurements;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("no JSON");
    }

    private static String at(@Nullable JsonLocation where) {
        return where == null ? "" : ", at line " + where.getLineNr() + ", column " + where.getColumnNr();
    }

    private static List<Measurement> measurements(Map<String, Object> object, String origin, JsonLocation where)
            throws ResultException {
        List<Measurement> measurements = new ArrayList<>();
        try {
            if (object.get("experiments") instanceof List<?> several && object.containsKey("report")) {
                for (Object one : several) {
                    measurements.add(measurement(map("experiments", one), origin));
                }
            } else {
                measurements.add(measurement(object, origin));
            }
        } catch (ResultException wrong) {
            throw new ResultException(
                    wrong.getMessage() + ", in the object" + at(where).replaceFirst(",", ""));
        }
        return measurements;
    }

    private static Measurement measurement(Map<String, Object> object, String origin) throws ResultException {
        String experiment = text("experiment", object);
        if (object.get("failure") instanceof String failure) {
            return Measurement.failed(experiment, origin, failure);
        }
        List<Measurement.Bar> bars = new ArrayList<>();
        for (Object bar : list("bars", object)) {
            bars.add(bar(map("bars", bar)));
        }
        List<String> commands = new ArrayList<>();
        for (Object command : list("commands", object)) {
            commands.add(String.valueOf(command));
        }
        return new Measurement(
                experiment,
                (long) number("seeds", object),
                map("machine", required("machine", object)),
                bars,
                map("results", required("results", object)),
                commands,
                Boolean.TRUE.equals(object.get("partial")),
                origin,
                "");
    }

    private static Measurement.Bar bar(Map<String, Object> bar) throws ResultException {
        if (!(required("holds", bar) instanceof Boolean holds)) {
            throw new ResultException("'holds' of a bar is true or false");
        }
        return new Measurement.Bar(
                text("name", bar), number("value", bar), text("unit", bar), text("threshold", bar), holds);
    }

    private static Object required(String name, Map<String, Object> object) throws ResultException {
        Object value = object.get(name);
        if (value == null) {
            throw new ResultException("no result of 'foresail eval --json': '" + name + "' is missing");
        }
        return value;
    }

    private static String text(String name, Map<String, Object> object) throws ResultException {
        if (required(name, object) instanceof String text) {
            return text;
        }
        throw new ResultException("'" + name + "' is to be a text, not " + object.get(name));
    }

    private static double number(String name, Map<String, Object> object) throws ResultException {
        if (required(name, object) instanceof Number number) {
            return number.doubleValue();
        }
        throw new ResultException("'" + name + "' is to be a number, not " + object.get(name));
    }

    private static List<?> list(String name, Map<String, Object> object) throws ResultException {
        if (required(name, object) instanceof List<?> list) {
            return list;
        }
        throw new ResultException("'" + name + "' is to be a list, not " + object.get(name));
    }

    @SuppressWarnings("unchecked") // names of JSON objects are texts
    private static Map<String, Object> map(String name, Object value) throws ResultException {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new ResultException("'" + name + "' is to hold an object, not " + value);
    }

    private static Map<String, Object> object(JsonParser in) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            object.put(name, value(in, in.nextToken()));
        }
        return object;
    }

    private static Object value(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
                    list.add(value(in, next));
                }
                yield list;
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) in.getDoubleValue()
                        : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            // What is no finite number is written as null.
            case VALUE_NULL -> Double.NaN;
            default -> in.getText();
        };
    }
}
