package dev.foresail.steering.cli;

/** Whether a person is looking. */
final class Terminal {
    private Terminal() {}

    /** Whether the process talks to a terminal that can draw over a line. */
    @SuppressWarnings("SystemConsoleNull") // where it is never null, TERM still tells services and pipelines apart
    static boolean isPresent() {
        String kind = System.getenv("TERM");
        return System.console() != null && kind != null && !kind.equals("dumb");
    }
}
