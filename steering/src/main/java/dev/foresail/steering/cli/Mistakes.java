package dev.foresail.steering.cli;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.MatrixFormatException;
import dev.foresail.predictor.campaign.CampaignException;
import dev.foresail.predictor.decision.DecisionFileException;
import dev.foresail.predictor.guardrail.QuestionFailedException;
import dev.foresail.predictor.path.PathFileException;
import dev.foresail.predictor.scenario.ScenarioFailedException;
import dev.foresail.predictor.snapshot.SnapshotException;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.predictor.trace.TraceException;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.failure.NodeException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into words and an exit code. A user's mistake never shows a stack trace. */
final class Mistakes {
    private static final List<Class<? extends RuntimeException>> TOLD = List.of(
            ConfigurationException.class,
            CampaignException.class,
            DecisionFileException.class,
            MatrixFormatException.class,
            PathFileException.class,
            ProtocolException.class,
            TraceException.class,
            QuestionFailedException.class,
            SnapshotException.class,
            NodeException.class);

    private Mistakes() {}

    static Duration duration(String text) {
        try {
            return ParameterValues.duration(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(
                    "'" + text + "' is no duration; write a number and ns, us, ms, s, m or h, such as 10m");
        }
    }

    /** The command line makes no sense. */
    static int usage(ParameterException mistake, String[] arguments) {
        CommandLine commandLine = mistake.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println("[FS200] " + words(mistake));
        err.println("'" + commandLine.getCommandSpec().qualifiedName() + " --help' shows what is possible.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static String words(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(mistake.getCommandLine(), unmatched.getUnmatched().get(0));
        }
        if (mistake.getCommandLine().getParent() == null) {
            return mistake.getMessage() + "; the verbs are "
                    + String.join(
                            ", ", mistake.getCommandLine().getSubcommands().keySet());
        }
        return String.valueOf(mistake.getMessage());
    }

    private static String unknown(CommandLine commandLine, String given) {
        List<String> options = new ArrayList<>();
        for (CommandLine line = commandLine; line != null; line = line.getParent()) {
            line.getCommandSpec().options().forEach(option -> options.add(option.longestName()));
        }
        List<String> verbs = List.copyOf(commandLine.getSubcommands().keySet());
        if (given.startsWith("-")) {
            String name = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
            return "unknown option '" + name + "'" + Nearest.hint(name, options);
        } else if (!verbs.isEmpty()) {
            return "unknown verb '" + given + "'" + Nearest.hint(given, verbs);
        }
        return "'" + given + "' is one argument too many";
    }

    /** A verb threw. */
    static int failure(Exception failure, CommandLine commandLine, ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        Optional<String> mistake = mistake(failure);
        if (mistake.isPresent()) {
            err.println(mistake.get());
            err.flush();
            return ExitCode.USAGE;
        }
        return internal(failure, err, isVerbose(parsed));
    }

    /** Something went wrong that should not be possible, or an error got through. */
    static int internal(Throwable failure, PrintWriter err, boolean verbose) {
        boolean trace = Boolean.getBoolean("foresail.trace") || verbose;
        err.println("[FS270] internal error: " + failure
                + (trace ? "" : "; run again with --verbose for the stack trace, and please report it"));
        if (trace) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.INTERNAL;
    }

    /** What the user is told when the failure is the user's or the environment's. */
    private static Optional<String> mistake(Throwable failure) {
        Throwable cause = failure;
        Optional<String> ofScenario = Optional.empty();
        while (cause != null) {
            if (cause instanceof ScenarioFailedException) {
                ofScenario = Optional.of(String.valueOf(cause.getMessage()));
            } else if (isTold(cause)) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
            cause = cause.getCause();
        }
        return ofScenario;
    }

    private static boolean isTold(Throwable cause) {
        return TOLD.stream().anyMatch(told -> told.isInstance(cause));
    }

    private static boolean isVerbose(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption("--verbose");
    }
}
