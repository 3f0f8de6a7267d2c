package dev.foresail.steering.cli;

import dev.foresail.steering.logging.OneLine;

/** Whether a person is looking, and what that person may be shown. */
final class Terminal {
    private static final int LONGEST_LINE = 4_000;

    private Terminal() {}

    /** Text of a running node, in which its peers have a hand, or of whoever answers in its place. */
    static String line(String text) {
        return OneLine.of(text, LONGEST_LINE);
    }

    /** Whether the process talks to a terminal that can draw over a line. */
    @SuppressWarnings("SystemConsoleNull") // where it is never null, TERM still tells services and pipelines apart
    static boolean isPresent() {
        String kind = System.getenv("TERM");
        return System.console() != null && kind != null && !kind.equals("dumb");
    }
}
