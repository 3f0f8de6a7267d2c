package dev.foresail.steering.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small strict parser of JSON, written apart from the writer that it checks. Numbers become doubles. */
final class JsonText {
    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    static @Nullable Object parse(String text) {
        JsonText parser = new JsonText(text);
        Object value = parser.value();
        if (parser.at != text.length()) {
            throw new AssertionError("something after the value: " + text.substring(parser.at));
        }
        return value;
    }

    private @Nullable Object value() {
        char next = text.charAt(at);
        if (next == '{') {
            return object();
        } else if (next == '[') {
            return array();
        } else if (next == '"') {
            return string();
        }
        int start = at;
        while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> {
                if (!word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
                    throw new AssertionError("no number: " + word);
                }
                yield Double.valueOf(word);
            }
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        expect('{');
        while (text.charAt(at) != '}') {
            if (!object.isEmpty()) {
                expect(',');
            }
            String key = string();
            expect(':');
            if (object.containsKey(key)) {
                throw new AssertionError("twice: " + key);
            }
            object.put(key, value());
        }
        expect('}');
        return object;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> array = new ArrayList<>();
        expect('[');
        while (text.charAt(at) != ']') {
            if (!array.isEmpty()) {
                expect(',');
            }
            array.add(value());
        }
        expect(']');
        return array;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (text.charAt(at) != '"') {
            char next = text.charAt(at++);
            if (next < ' ') {
                throw new AssertionError("a control character in a string");
            }
            string.append(next == '\\' ? escaped() : next);
        }
        expect('"');
        return string.toString();
    }

    private char escaped() {
        char kind = text.charAt(at++);
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            case '"', '\\' -> kind;
            default -> throw new AssertionError("unknown escape " + kind);
        };
    }

    private void expect(char expected) {
        if (text.charAt(at) != expected) {
            throw new AssertionError("expected " + expected + " at " + at + " of " + text);
        }
        at++;
    }
}
