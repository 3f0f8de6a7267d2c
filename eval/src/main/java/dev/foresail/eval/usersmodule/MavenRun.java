package dev.foresail.eval.usersmodule;

import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.live.RealClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One {@code mvn test} of a project.
 *
 * @param seconds of the whole process
 * @param report of its one test class
 */
record MavenRun(double seconds, SurefireReport report) {
    private static final long LOOK_MILLIS = 20;
    private static final String LOG = "maven.log";

    /**
     * Runs one test method, offline, on the JDK of this process. Blocks.
     *
     * @param maven the command
     * @param test its class, a hash and its method
     * @return empty when the end was asked for, which ends the process
     * @throws ConfigurationException FS445 when Maven does not run, or does not get as far as a test
     */
    static Optional<MavenRun> play(String maven, Path project, String test, Interruption interruption)
            throws IOException, InterruptedException {
        Path log = project.resolve(LOG);
        Optional<Path> earlier = report(project);
        if (earlier.isPresent()) {
            Files.delete(earlier.get());
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(maven, "-o", "-B", "-q", "test", "-Dtest=" + test))
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // What is for this process would have Maven and its tests run otherwise than a user's.
        List.of("JAVA_OPTS", "MAVEN_OPTS", "JAVA_TOOL_OPTIONS").forEach(builder.environment()::remove);
        long began = RealClock.nanos();
        Process process = start(builder);
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (interruption.isRequested()) {
                process.destroy();
                process.waitFor();
                return Optional.empty();
            }
        }
        double seconds = (RealClock.nanos() - began) / 1e9;
        Optional<Path> report = report(project);
        if (report.isEmpty()) {
            throw new ConfigurationException(
                    "FS445",
                    "Maven tested nothing: " + reason(log)
                            + "; install Foresail first: mvn -q -Dforesail.quick install in its checkout");
        }
        return Optional.of(new MavenRun(seconds, SurefireReport.read(report.get())));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new ConfigurationException(
                    "FS445", "Maven does not run: " + missing.getMessage() + "; it must be on the path");
        }
    }

    private static Optional<Path> report(Path project) throws IOException {
        Path reports = project.resolve("target/surefire-reports");
        if (!Files.isDirectory(reports)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(reports)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .findFirst();
        }
    }

    /** Maven says first what matters most. */
    private static String reason(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("[ERROR]"))
                .map(line -> line.substring("[ERROR]".length()).strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("it says nothing");
    }
}
