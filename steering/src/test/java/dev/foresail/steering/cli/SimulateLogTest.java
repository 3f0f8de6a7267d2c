package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kitchen tells what happens in it. */
final class SimulateLogTest {
    @TempDir
    private Path directory = Path.of("");

    private static CommandRun simulate(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("simulate", "kitchen", "--nodes", "4", "--seed", "3", "--resolver", "random", "--json"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void itIsToldOnTheScreenAndTheRunIsTheSame() {
        CommandRun without = simulate();
        CommandRun with = simulate("--log", "event,message,state,generated");
        assertEquals(without.json().get("digest"), with.json().get("digest"));
        assertTrue(with.err().contains(" n1 call order"), with::err);
        assertTrue(with.err().contains("        sends Plate["), with::err);
        assertTrue(with.err().contains(" n1 chooses "), with::err);
        assertTrue(with.err().contains("        n1."), with::err);
    }

    @Test
    void itIsWrittenDownOfTheNodesThatAreNamed() throws IOException {
        Path file = directory.resolve("deep/log.jsonl");
        CommandRun run = simulate("--log", "event", "--log-nodes", "2,3", "--log-file", file.toString());
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        List<String> lines = Files.readAllLines(file);
        assertTrue(
                lines.get(0)
                        .startsWith(
                                "{\"foresail-log\":1,\"protocol\":\"kitchen\",\"run\":\"foresail simulate kitchen "),
                lines::toString);
        assertTrue(lines.size() > 3, lines::toString);
        assertTrue(
                lines.stream().skip(1).allMatch(line -> line.contains("\"node\":2,") || line.contains("\"node\":3,")),
                lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line -> line.contains("\"kind\":\"message Plate\",\"text\":\"message Plate from n1\"")),
                lines::toString);
    }

    @Test
    void aDiskThatIsFullTakesNoResultAway() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "a disk that is always full");
        CommandRun run = simulate("--log", "event", "--log-file", "/dev/full");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS543] --log-file: /dev/full cannot be written"), run::err);
        assertEquals(simulate().json().get("digest"), run.json().get("digest"));
        CommandRun violated = CommandRun.of(
                "simulate",
                "kitchen",
                "--scenario",
                "overcharge",
                "--shrink-for",
                "0s",
                "--log",
                "event",
                "--log-file",
                "/dev/full");
        assertEquals(ExitCode.SAFETY_VIOLATED, violated.code(), violated::toString);
        assertTrue(violated.err().contains("[FS543] "), violated::err);
    }

    @Test
    void whatCannotBeToldIsRefused() {
        for (List<String> wrong : List.of(
                List.of("FS542", "did you mean 'event'?", "--log", "events"),
                List.of("FS200", "there is no node 5 of 4", "--log", "event", "--log-nodes", "5"),
                List.of("FS200", "are of --log", "--log-nodes", "2"),
                List.of("FS200", "one run on one worker", "--log", "event", "--seeds", "2"),
                List.of("FS543", "cannot be written", "--log", "event", "--log-file", directory.toString()))) {
            CommandRun run = simulate(wrong.subList(2, wrong.size()).toArray(String[]::new));
            assertEquals(ExitCode.USAGE, run.code(), run::toString);
            assertTrue(run.err().contains("[" + wrong.get(0) + "] "), run::err);
            assertTrue(run.err().contains(wrong.get(1)), run::err);
        }
    }
}
