package dev.foresail.choice.machine;

import dev.foresail.choice.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads configuration values of a protocol from text and fills in the defaults. */
public final class ParameterValues {
    private ParameterValues() {}

    /**
     * The values in the order of {@code parameters}.
     *
     * @param texts the given values by name
     * @throws IllegalArgumentException naming the value that is unknown, missing or of the wrong type
     */
    public static List<Object> read(List<ParameterDescription> parameters, Map<String, String> texts) {
        List<String> names = parameters.stream().map(ParameterDescription::name).toList();
        for (String name : texts.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("no parameter is named '" + name + "'; the parameters are " + names);
            }
        }
        List<Object> values = new ArrayList<>();
        for (ParameterDescription parameter : parameters) {
            String given = texts.get(parameter.name());
            String text = given != null
                    ? given
                    : parameter
                            .defaultText()
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "the parameter '" + parameter.name() + "' has no default and must be given"));
            values.add(parse(parameter, text));
        }
        return values;
    }

    /** The text from which {@link #read} makes {@code value} again. */
    public static String text(Object value) {
        if (value instanceof Duration duration) {
            return duration.toNanos() + "ns";
        }
        return value instanceof NodeId id ? Long.toString(id.value()) : value.toString();
    }

    private static Object parse(ParameterDescription parameter, String text) {
        Class<?> type = parameter.type();
        try {
            if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
                return text.equals("true");
            } else if (type == Integer.class) {
                return Integer.valueOf(text);
            } else if (type == Long.class) {
                return Long.valueOf(text);
            } else if (type == Double.class) {
                return Double.valueOf(text);
            } else if (type == String.class) {
                return text;
            } else if (type == Duration.class) {
                return duration(text);
            } else if (type == NodeId.class) {
                return NodeId.of(Long.parseLong(text));
            }
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(expected(parameter, text), wrong);
        }
        throw new IllegalArgumentException(expected(parameter, text));
    }

    private static String expected(ParameterDescription parameter, String text) {
        return "the parameter '" + parameter.name() + "' is a "
                + parameter.type().getSimpleName().toLowerCase(Locale.ROOT) + ", not '" + text + "'";
    }

    /**
     * Reads a duration such as {@code 50us}, {@code 5ms}, {@code 2s}, {@code 1.5s}, {@code 10m}, {@code 1h}, {@code 0}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Duration duration(String text) {
        String trimmed = text.trim();
        int unitStart = trimmed.length();
        while (unitStart > 0 && Character.isLetter(trimmed.charAt(unitStart - 1))) {
            unitStart--;
        }
        String unit = trimmed.substring(unitStart);
        double amount = Double.parseDouble(trimmed.substring(0, unitStart).trim());
        double unitNanos = switch (unit) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> amount == 0 && unit.isEmpty() ? 0 : Double.NaN;
        };
        double nanos = amount * unitNanos;
        if (!(nanos >= 0 && nanos < Long.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration; write a number and ns, us, ms, s, m or h, such as 5ms");
        }
        return Duration.ofNanos(StrictMath.round(nanos));
    }
}
