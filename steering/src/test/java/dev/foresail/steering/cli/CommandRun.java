package dev.foresail.steering.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** A command that was run inside this process: its exit code and everything it said. */
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... arguments) {
        return of(new Interruption(), arguments);
    }

    static CommandRun of(Interruption interruption, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Foresail.execute(
                List.of(arguments), new PrintWriter(out, true), new PrintWriter(err, true), interruption, false);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** Standard output, which must be one line of JSON. */
    @SuppressWarnings("unchecked")
    Map<String, Object> json() {
        List<String> lines = out.lines().toList();
        if (lines.size() != 1) {
            throw new AssertionError("not one line but " + lines.size() + ": " + this);
        }
        return (Map<String, Object>) JsonText.parse(lines.get(0));
    }
}
