package dev.foresail.steering.cli;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;

/**
 * Writes JSON on one line: maps in their own order, iterables, records (by their components), numbers, booleans, text;
 * anything else as its text. A number that is not finite becomes {@code null}, an empty Optional too.
 */
public final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {}

    public static String write(Object value) {
        Json json = new Json();
        json.value(value);
        return json.text.toString();
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Iterable<?> elements) {
            list(elements);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresentOrElse(this::value, () -> text.append("null"));
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof Record record) {
            record(record);
        } else {
            string(String.valueOf(value));
        }
    }

    private void map(Map<?, ?> map) {
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(before);
            before = ',';
            string(String.valueOf(entry.getKey()));
            text.append(':');
            value(entry.getValue());
        }
        text.append(before == '{' ? "{}" : "}");
    }

    private void list(Iterable<?> elements) {
        char before = '[';
        for (Object element : elements) {
            text.append(before);
            before = ',';
            value(element);
        }
        text.append(before == '[' ? "[]" : "]");
    }

    private void record(Record record) {
        Map<String, Object> components = new java.util.LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                components.put(component.getName(), component.getAccessor().invoke(record));
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
            }
        }
        map(components);
    }

    private void number(Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            text.append("null");
        } else if (number instanceof Double && value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(number);
        }
    }

    private void string(String value) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                    if (character < ' ' || Character.isSurrogate(character) || character == '\u007f') {
                        text.append(String.format("\\u%04x", (int) character));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        text.append('"');
    }
}
