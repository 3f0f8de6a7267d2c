package dev.foresail.steering.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code foresail}: finds the verb and runs it. */
@Command(
        name = "foresail",
        versionProvider = Version.class,
        description = {"A predictive runtime for distributed systems: expose choices, state objectives, look ahead.", ""
        },
        footer = {
            "",
            "Exit codes: 0 holds or done, 1 safety violated, 2 unknown, 3 liveness violated, 4 not deterministic,",
            "5 an expectation is not met, 64 wrong usage or configuration, 70 internal error."
        })
public final class Foresail implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean version;

    private final Interruption interruption;
    private final boolean terminal;

    private Foresail(Interruption interruption, boolean terminal) {
        this.interruption = interruption;
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::endInHook, "foresail-end"));
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = execute(List.of(arguments), out, err, interruption, Terminal.isPresent());
        out.flush();
        err.flush();
        interruption.ended(code);
        System.exit(code);
    }

    /** Runs one command inside this process and returns its exit code. */
    public static int execute(List<String> arguments, PrintWriter out, PrintWriter err) {
        return execute(arguments, out, err, new Interruption(), false);
    }

    /** As above, and the command ends early, with what it has, when {@code interruption} asks for it. */
    public static int execute(
            List<String> arguments, PrintWriter out, PrintWriter err, Interruption interruption, boolean terminal) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return commandLine(new Foresail(interruption, terminal))
                    .setOut(out)
                    .setErr(err)
                    .execute(arguments.toArray(String[]::new));
        } catch (RuntimeException | Error failure) {
            // picocli hands exceptions to Mistakes, not errors. Without an exit code of its own the JVM ends with 1, a
            // verdict.
            return Mistakes.internal(failure, err, arguments.contains("--verbose"));
        } finally {
            Thread.currentThread().setContextClassLoader(loader);
        }
    }

    private static CommandLine commandLine(Foresail foresail) {
        CommandLine commandLine = new CommandLine(foresail);
        List<Verb> own = List.of(
                new RunVerb(),
                new SimulateVerb(),
                new PrecomputeVerb(),
                new MemberVerb(),
                new CheckVerb(),
                new ReplayVerb(),
                new ExplainVerb(),
                new PathsVerb(),
                new NewVerb(),
                new EvalVerb(),
                new NodeVerb(),
                new TopologyVerb(),
                new CompletionVerb());
        own.forEach(commandLine::addSubcommand);
        ServiceLoader.load(Verb.class).forEach(commandLine::addSubcommand);
        commandLine.registerConverter(Duration.class, Mistakes::duration);
        commandLine.setParameterExceptionHandler(Mistakes::usage);
        commandLine.setExecutionExceptionHandler(Mistakes::failure);
        commandLine.setAbbreviatedSubcommandsAllowed(false);
        return commandLine;
    }

    Interruption interruption() {
        return interruption;
    }

    boolean isTerminal() {
        return terminal;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }
}
