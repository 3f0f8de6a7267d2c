package dev.foresail.steering.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every verb has; a verb mixes them in with {@link picocli.CommandLine.Mixin}. */
public final class CommonOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Option(
            names = "--json",
            description = "one JSON object as the last line of standard output; prose on standard error")
    private boolean json;

    @Option(names = "--verbose", description = "show the stack trace of an internal error")
    @SuppressWarnings("UnusedVariable") // Mistakes asks picocli for it
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    /** Where the verb writes. */
    public Output output() {
        boolean terminal = root() instanceof Foresail foresail && foresail.isTerminal();
        return new Output(mixee.commandLine().getOut(), mixee.commandLine().getErr(), json, terminal);
    }

    /** Whether the user wants the verb to end. */
    public Interruption interruption() {
        return root() instanceof Foresail foresail ? foresail.interruption() : new Interruption();
    }

    private Object root() {
        return mixee.root().userObject();
    }
}
