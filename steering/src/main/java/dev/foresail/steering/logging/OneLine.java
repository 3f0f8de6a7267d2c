package dev.foresail.steering.logging;

import java.util.regex.Pattern;

/** Text in which others have a hand, as it may stand in a log or on a terminal. Stateless. */
public final class OneLine {
    /** What ends a line, steers a terminal or turns text around. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private OneLine() {}

    /** The text with a question mark for whatever is not to be seen, and its end left out where it is longer. */
    public static String of(String text, int longest) {
        boolean whole = text.length() <= longest;
        String line = UNSEEN.matcher(whole ? text : text.substring(0, longest)).replaceAll("?");
        return whole ? line : line + "... (" + text.length() + " characters)";
    }
}
