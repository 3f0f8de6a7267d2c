package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulate} ends with a word about a protocol that does not, and with what is known until then. */
final class RunawayRunTest {
    @TempDir
    private Path directory = Path.of("");

    private String limits(String yaml) throws IOException {
        return Files.writeString(directory.resolve("limits.yaml"), yaml).toString();
    }

    private static Map<?, ?> only(Map<String, Object> json) {
        List<?> runaways = (List<?>) json.get("runaways");
        assertEquals(1, runaways.size());
        return (Map<?, ?>) runaways.get(0);
    }

    @Test
    void aFloodIsToldWithTheResultsUntilThen() throws IOException {
        String limits = limits("limits: {pendingEvents: 5000}\n");
        CommandRun run = CommandRun.of("simulate", "burrow", "--nodes", "2", "--config", limits, "--json");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        Map<String, Object> json = run.json();
        assertEquals(true, json.get("partial"));
        assertTrue((Double) json.get("events") > 1_000, run::out);
        assertEquals(Map.of("everybodyHasEaten", "unknown"), json.get("properties"));
        Map<?, ?> flood = only(json);
        assertEquals(
                List.of("seed", "code", "virtualSeconds", "node", "happening", "text"), List.copyOf(flood.keySet()));
        assertEquals("FS448", flood.get("code"));
        assertEquals("n2", flood.get("node"));
        assertEquals("message Rabbit", flood.get("happening"));
        assertTrue(run.err().contains("[FS448] n2 floods the simulation at "), run::err);
        assertTrue(run.err().contains("(partial: stopped, as the protocol runs away)"), run::err);
    }

    @Test
    void ofManySeedsEachSaysWhy() throws IOException {
        String limits = limits("limits: {eventsAtOneTime: 2000}\n");
        CommandRun run = CommandRun.of(
                "simulate", "burrow", "--nodes", "2", "--set", "what=hopAbout", "--config", limits, "--seeds", "3");
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals(3, run.err().split("\\[FS450\\] n2 keeps time from going on", -1).length - 1, run::err);
        assertTrue(run.err().contains("(seed 3)"), run::err);
    }

    @Test
    void limitsAreNumbers() throws IOException {
        CommandRun run = CommandRun.of(
                "simulate", "burrow", "--config", limits("limits: {pendingEvents: 0, pendngEvents: 1}\n"));
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("limits.yaml:1:25: [FS207]"), run::err);
        assertTrue(run.err().contains("did you mean 'pendingEvents'?"), run::err);
    }

    /** A JVM of its own, as memory ends for all of it. */
    @Test
    void memoryThatEndsIsToldWithNodeAndEvent() throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-XX:+UseParallelGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Foresail.class.getName(),
                        "simulate",
                        "burrow",
                        "--nodes",
                        "2",
                        "--set",
                        "what=eat",
                        "--json")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int code = process.waitFor();
        CommandRun run = new CommandRun(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        Map<?, ?> exhausted = only(run.json());
        assertEquals("FS449", exhausted.get("code"));
        assertEquals("n2", exhausted.get("node"));
        assertEquals("timer meal", exhausted.get("happening"));
        assertTrue(exhausted.get("text").toString().contains("the largest state is that of n2, with "), run::out);
        assertEquals(Map.of("everybodyHasEaten", "unknown"), run.json().get("properties"));
    }
}
