package dev.foresail.predictor.subset;

import dev.foresail.predictor.text.Nearest;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words, numbers and signs of a wish, one after the other. */
final class SubsetTokens {
    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?|<=|>=|[-+*(),:=]|\\S");

    private final String text;
    private final Matcher matcher;
    private String token = "";
    private int start;

    SubsetTokens(String text) {
        this.text = text;
        matcher = TOKEN.matcher(text);
        next();
    }

    private void next() {
        boolean found = matcher.find();
        token = found ? matcher.group() : "";
        start = found ? matcher.start() : text.length();
    }

    /** Where the present token begins. */
    int start() {
        return start;
    }

    boolean isAtEnd() {
        return token.isEmpty();
    }

    boolean isNext(String wanted) {
        return token.toLowerCase(Locale.ROOT).equals(wanted);
    }

    boolean accept(String wanted) {
        boolean is = isNext(wanted);
        if (is) {
            next();
        }
        return is;
    }

    void expect(String wanted) {
        if (!accept(wanted)) {
            throw failure(start, found() + " where '" + wanted + "' was expected");
        }
    }

    boolean isNumber() {
        return !token.isEmpty() && Character.isDigit(token.charAt(0));
    }

    double number(String what) {
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

    int count(String what) {
        int at = start;
        double number = number(what);
        if (number != Math.rint(number) || number > SubsetProblem.MOST_CANDIDATES) {
            throw failure(
                    at,
                    "'" + text.substring(at, end(at)) + "' where " + what + " was expected: a whole number of at most "
                            + SubsetProblem.MOST_CANDIDATES);
        }
        return (int) number;
    }

    private int end(int at) {
        Matcher again = TOKEN.matcher(text);
        return again.find(at) ? again.end() : text.length();
    }

    String word(String what) {
        if (token.isEmpty() || !(Character.isLetter(token.charAt(0)) || token.charAt(0) == '_')) {
            throw failure(start, found() + " where " + what + " was expected");
        }
        String word = token;
        next();
        return word;
    }

    /** One of the known names. */
    String name(String what, Collection<String> known) {
        int at = start;
        String word = word(what);
        if (!known.contains(word)) {
            throw failure(at, "'" + word + "' where " + what + " was expected" + Nearest.hint(word, known));
        }
        return word;
    }

    private String found() {
        return token.isEmpty() ? "the end" : "'" + token + "'";
    }

    /** The text from one place to where the present token begins. */
    String since(int from) {
        return text.substring(from, start).strip();
    }

    SubsetSyntaxException failure(int at, String problem) {
        int line =
                1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        int column = at - text.lastIndexOf('\n', at - 1);
        return new SubsetSyntaxException(line, column, problem);
    }
}
