package dev.foresail.predictor.text;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words, numbers and signs of a small language, one after the other. Words count whatever their case. Not thread-safe. */
public final class Tokens {
    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?|<=|>=|[-+*(),:=]|\\S");

    private static final Pattern TOKEN_WORD = Pattern.compile("[A-Za-z_]");

    private final String text;
    private final Failures failures;
    private final Matcher matcher;
    private String token = "";
    private int start;
    private int endOfLast;

    /** What is thrown where something else was expected. */
    @FunctionalInterface
    public interface Failures {
        /**
         * Makes an exception.
         *
         * @param line from 1
         * @param column from 1
         */
        RuntimeException of(int line, int column, String problem);
    }

    public Tokens(String text, Failures failures) {
        this.text = text;
        this.failures = failures;
        matcher = TOKEN.matcher(text);
        next();
    }

    private void next() {
        endOfLast = start + token.length();
        boolean found = matcher.find();
        token = found ? matcher.group() : "";
        start = found ? matcher.start() : text.length();
    }

    /** Where the present token begins. */
    public int start() {
        return start;
    }

    public boolean isAtEnd() {
        return token.isEmpty();
    }

    public boolean isNext(String wanted) {
        return token.toLowerCase(Locale.ROOT).equals(wanted);
    }

    public boolean accept(String wanted) {
        boolean is = isNext(wanted);
        if (is) {
            next();
        }
        return is;
    }

    public void expect(String wanted) {
        if (!accept(wanted)) {
            throw failure(start, found() + " where '" + wanted + "' was expected");
        }
    }

    /** Whether the present token begins where the one before has ended. */
    public boolean isAdjacent() {
        return !token.isEmpty() && start == endOfLast;
    }

    public boolean isNumber() {
        return !token.isEmpty() && token.charAt(0) >= '0' && token.charAt(0) <= '9';
    }

    public boolean isWord() {
        return !token.isEmpty() && TOKEN_WORD.matcher(token).lookingAt();
    }

    public double number(String what) {
        if (!isNumber()) {
            throw failure(start, found() + " where " + what + " was expected");
        }
        double number = Double.parseDouble(token);
        if (Double.isInfinite(number)) {
            throw failure(start, found() + " is too large a number");
        }
        next();
        return number;
    }

    /** A whole number of at most {@code most}. */
    public int count(String what, int most) {
        int at = start;
        double number = number(what);
        if (number != Math.rint(number) || number > most) {
            throw failure(
                    at,
                    "'" + text.substring(at, end(at)) + "' where " + what + " was expected: a whole number of at most "
                            + most);
        }
        return (int) number;
    }

    private int end(int at) {
        Matcher again = TOKEN.matcher(text);
        return again.find(at) ? again.end() : text.length();
    }

    public String word(String what) {
        if (!isWord()) {
            throw failure(start, found() + " where " + what + " was expected");
        }
        String word = token;
        next();
        return word;
    }

    /** One of the known names. */
    public String name(String what, Collection<String> known) {
        int at = start;
        String word = word(what);
        if (!known.contains(word)) {
            throw failure(at, "'" + word + "' where " + what + " was expected" + Nearest.hint(word, known));
        }
        return word;
    }

    /** The present token as messages have it. */
    public String found() {
        return token.isEmpty() ? "the end" : "'" + token + "'";
    }

    /** The text from one place to where the present token begins. */
    public String since(int from) {
        return text.substring(from, start).strip();
    }

    public RuntimeException failure(int at, String problem) {
        int line =
                1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        int column = at - text.lastIndexOf('\n', at - 1);
        return failures.of(line, column, problem);
    }
}
