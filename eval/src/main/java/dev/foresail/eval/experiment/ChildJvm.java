package dev.foresail.eval.experiment;

import dev.foresail.steering.cli.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A main class in a process of its own: the same java, unless another one is named, and the same class path. */
public final class ChildJvm {
    private static final long LOOK_MILLIS = 5;

    private ChildJvm() {}

    /** Starts it; what it writes to its standard error, such as why it has died, appears on this one's. */
    public static Process start(List<String> options, String mainClass, List<String> arguments) throws IOException {
        return command(own(), options, mainClass, arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The java of this process. */
    public static Path own() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static ProcessBuilder command(Path java, List<String> options, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    /**
     * Runs it and waits for its end.
     *
     * @param options of the JVM
     * @return what it has written to its standard output; empty when the end was asked for, which ends the process
     * @throws IOException when the process cannot be started, or ends with another exit code than 0
     */
    public static Optional<String> run(
            List<String> options, String mainClass, List<String> arguments, Interruption interruption)
            throws IOException, InterruptedException {
        return run(own(), options, mainClass, arguments, interruption);
    }

    /** As {@link #run(List, String, List, Interruption)}, with another java. */
    public static Optional<String> run(
            Path java, List<String> options, String mainClass, List<String> arguments, Interruption interruption)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("foresail-process", ".txt");
        try {
            Process process = command(java, options, mainClass, arguments)
                    .redirectOutput(output.toFile())
                    .start();
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (interruption.isRequested()) {
                    process.destroy();
                    return Optional.empty();
                }
            }
            String said = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new IOException(mainClass + " " + String.join(" ", arguments) + " ended with exit code "
                        + process.exitValue() + ": " + said);
            }
            return Optional.of(said);
        } finally {
            Files.delete(output);
        }
    }
}
