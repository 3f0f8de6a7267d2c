package dev.foresail.steering.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Where a verb's words go. With {@code --json} standard output gets exactly one line, the result; everything else is on
 * standard error.
 */
public final class Output {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean terminal;

    Output(PrintWriter out, PrintWriter err, boolean json, boolean terminal) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.terminal = terminal;
    }

    /** For those who have nobody to tell yet. */
    static Output nowhere() {
        return new Output(Progress.nowhere(), Progress.nowhere(), false, false);
    }

    /** A line, or several, for people. */
    public void prose(String text) {
        PrintWriter to = json ? err : out;
        to.println(text);
        to.flush();
    }

    public void table(Table table) {
        prose(table.toString().stripTrailing());
    }

    /** Whether what is shown can be drawn over. */
    boolean isDrawn() {
        return terminal && !json;
    }

    /** A line on standard error in any case: advice, warnings. */
    public void hint(String text) {
        err.println(text);
        err.flush();
    }

    /** The result for tools; written only with {@code --json}, as the last thing. */
    public void result(Map<String, ?> result) {
        if (json) {
            out.println(Json.write(result));
            out.flush();
        }
    }

    /** @param what the activity, such as {@code simulating} */
    public Progress progress(String what) {
        return new Progress(err, terminal, WallClock::nanos, what);
    }
}
