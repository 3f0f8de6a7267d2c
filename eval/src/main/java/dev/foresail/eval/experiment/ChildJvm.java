package dev.foresail.eval.experiment;

import dev.foresail.steering.cli.Interruption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A main class in a process of its own: the same java and the same class path. */
public final class ChildJvm {
    private static final long LOOK_MILLIS = 5;

    private ChildJvm() {}

    /**
     * Runs it and waits for its end.
     *
     * @param options of the JVM
     * @return what it has written to its standard output, which must fit into a pipe; empty when the end was asked for, which
     *     ends the process
     * @throws IOException when the process cannot be started, or ends with another exit code than 0
     */
    public static Optional<String> run(
            List<String> options, String mainClass, List<String> arguments, Interruption interruption)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (interruption.isRequested()) {
                process.destroy();
                return Optional.empty();
            }
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IOException(mainClass + " " + String.join(" ", arguments) + " ended with exit code "
                    + process.exitValue() + ": " + said);
        }
        return Optional.of(said);
    }
}
