package dev.foresail.eval.explorer;

import dev.foresail.eval.experiment.ChildJvm;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.live.RealClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code foresail check} in a process of its own: the same java, the same class path, and the options that the launcher
 * chooses for a check, which it hands down in the environment; without a launcher the options of this process.
 */
final class CheckProcess {
    /** Set by the launcher; options without blanks in them, separated by blanks. */
    static final String OPTIONS_VARIABLE = "FORESAIL_CHECK_OPTIONS";

    private static final String MAIN_CLASS = "dev.foresail.steering.cli.Foresail";

    private CheckProcess() {}

    /**
     * What a process took and said.
     *
     * @param seconds from its start to its end, the JVM's included
     * @param peakBytes the most memory that it had; 0 where the system does not tell
     */
    record Outcome(double seconds, long worlds, double peakBytes) {}

    /**
     * Waits for the process.
     *
     * @param arguments of {@code check}; {@code --json} is added
     * @return empty when the end was asked for, which ends the process
     * @throws IOException when the process cannot be started, fails, or does not say what it should
     */
    static Optional<Outcome> run(List<String> arguments, Interruption interruption)
            throws IOException, InterruptedException {
        List<String> check = new ArrayList<>(List.of("check"));
        check.addAll(arguments);
        check.add("--json");
        long began = RealClock.nanos();
        Optional<String> output = ChildJvm.run(options(), MAIN_CLASS, check, interruption);
        double seconds = (RealClock.nanos() - began) / 1e9;
        if (output.isEmpty()) {
            return Optional.empty();
        }
        String said = output.get();
        return Optional.of(new Outcome(seconds, number("distinctStates", said), number("peakRssBytes", said)));
    }

    private static List<String> options() {
        String given = System.getenv().getOrDefault(OPTIONS_VARIABLE, "");
        return given.isBlank()
                ? ManagementFactory.getRuntimeMXBean().getInputArguments()
                : List.of(given.strip().split("\\s+", -1));
    }

    private static long number(String name, String json) throws IOException {
        Matcher matcher = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(json);
        if (!matcher.find()) {
            throw new IOException("check says nothing of " + name + ": " + json);
        }
        return Long.parseLong(matcher.group(1));
    }
}
