package dev.foresail.steering.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes elements of HTML or SVG. Every text and every value of an attribute is escaped; names of elements and attributes are
 * the caller's own words. Not thread-safe.
 */
final class Markup {
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element. */
    Markup open(String element, String... attributes) {
        tag(element, attributes).append('>');
        open.push(element);
        return this;
    }

    /** Ends the element that was begun last. */
    Markup close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element that holds a text. */
    Markup element(String element, String content, String... attributes) {
        return open(element, attributes).text(content).close();
    }

    /** An element without an end, such as {@code <meta>}. */
    Markup single(String element, String... attributes) {
        tag(element, attributes).append('>');
        return this;
    }

    Markup text(String content) {
        text.append(escaped(content));
        return this;
    }

    /** A new line in the source, for those who read it. */
    Markup line() {
        text.append('\n');
        return this;
    }

    /** What another has written. */
    Markup add(Markup other) {
        text.append(other);
        return this;
    }

    private StringBuilder tag(String element, String... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("attributes are names and values");
        }
        text.append('<').append(element);
        for (int index = 0; index < attributes.length; index += 2) {
            text.append(' ')
                    .append(attributes[index])
                    .append("=\"")
                    .append(escaped(attributes[index + 1]))
                    .append('"');
        }
        return text;
    }

    static String escaped(String content) {
        StringBuilder escaped = new StringBuilder(content.length() + 16);
        content.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isPossible(point) ? point : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /** Not in any HTML: halves of a surrogate pair, and control characters but for white space. */
    private static boolean isPossible(int point) {
        boolean white = point == '\n' || point == '\t' || point == '\r';
        boolean control = point < ' ' || point >= 0x7f && point < 0xa0;
        return white || !control && !(point >= 0xD800 && point <= 0xDFFF);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
