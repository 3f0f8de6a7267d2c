package dev.foresail.choice.machine;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A field of a state with its value, for people.
 *
 * @param name the field's name in the source
 * @param value its value as text; {@code null} when it has none
 */
public record FieldValue(String name, String value) {
    /** A value that holds arrays of numbers, itself or in collections, as text: what is in them, not which ones they are. */
    public static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof Collection<?> elements) {
            return elements.stream().map(FieldValue::text).collect(Collectors.joining(", ", "[", "]"));
        } else if (value != null && value.getClass().isArray()) {
            String listed = Arrays.deepToString(new Object[] {value});
            return listed.substring(1, listed.length() - 1);
        }
        return String.valueOf(value);
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
