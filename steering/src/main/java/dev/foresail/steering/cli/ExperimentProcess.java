package dev.foresail.steering.cli;

import dev.foresail.steering.report.Measurement;
import dev.foresail.steering.report.ResultException;
import dev.foresail.steering.report.ResultReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An experiment in a process of its own, as if {@code foresail eval} had been called: what one leaves in the heap or compiled does not
 * change what the next one measures, and one that takes the process down takes no other with it.
 */
final class ExperimentProcess {
    private static final long LOOK_MILLIS = 50;
    /** Less than what this process has itself once its end is asked for. */
    private static final long GRACE_SECONDS = 8;

    private static final int LAST_LINES = 20;

    private final Output output;
    private final Interruption interruption;

    ExperimentProcess(Output output, Interruption interruption) {
        this.output = output;
        this.interruption = interruption;
    }

    /**
     * Runs it to its end, or until the end is asked for: then it has some seconds to say what it has.
     *
     * @param arguments of {@code foresail eval}, the experiment's name first
     * @return its result, or how it failed
     */
    Measurement run(List<String> arguments) throws IOException, InterruptedException {
        String name = arguments.get(0);
        Path result = Files.createTempFile("foresail-" + name, ".json");
        try {
            Process process = command(arguments).redirectOutput(result.toFile()).start();
            Deque<String> lastLines = new ArrayDeque<>();
            Thread reader = new Thread(() -> forward(process, lastLines), "report-" + name);
            reader.setDaemon(true);
            reader.start();
            waitFor(process);
            reader.join(TimeUnit.SECONDS.toMillis(1));
            return outcome(name, process.exitValue(), result, lastLines);
        } finally {
            Files.deleteIfExists(result);
        }
    }

    private static ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agentlib"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Foresail.class.getName(), "eval"));
        command.addAll(arguments);
        command.add("--json");
        return new ProcessBuilder(command);
    }

    private void waitFor(Process process) throws InterruptedException {
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (interruption.isRequested()) {
                    process.destroy();
                    process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
                    break;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
    }

    private void forward(Process process, Deque<String> lastLines) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.hint("  " + line);
                synchronized (lastLines) {
                    lastLines.add(line);
                    if (lastLines.size() > LAST_LINES) {
                        lastLines.remove();
                    }
                }
            }
        } catch (IOException ended) {
            // The process was ended meanwhile; what it has said so far is all there is.
            return;
        }
    }

    /**
     * What has become of an experiment.
     *
     * @param said the file to which its output went
     * @param lastLines of what it said elsewhere; is its own lock
     */
    static Measurement outcome(String name, int exitCode, Path said, Deque<String> lastLines) throws IOException {
        boolean isResult = exitCode == ExitCode.DONE || exitCode == ExitCode.NOT_MET || exitCode == ExitCode.UNKNOWN;
        String problem = "it ended with exit code " + exitCode;
        if (isResult) {
            try {
                return ResultReader.read(ReportFiles.text(said), "measured for this report")
                        .get(0);
            } catch (ResultException wrong) {
                problem += " but without a result: " + wrong.getMessage();
            }
        }
        synchronized (lastLines) {
            String lines = lastLines.isEmpty() ? "" : "; its last words:\n" + String.join("\n", lastLines);
            return Measurement.failed(name, "measured for this report", problem + lines);
        }
    }
}
