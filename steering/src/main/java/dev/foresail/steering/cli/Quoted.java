package dev.foresail.steering.cli;

import java.util.regex.Pattern;

/** Texts as they are to be typed again. Pure functions. */
final class Quoted {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private Quoted() {}

    /** One word for a POSIX shell: as it is where nothing in it means anything there. */
    static String forShell(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A string literal of Java. */
    static String forJava(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
