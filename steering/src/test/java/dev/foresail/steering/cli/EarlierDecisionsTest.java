package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier run has found out says where the outcomes of a later one will be, and changes nothing else. */
final class EarlierDecisionsTest {
    private static final String CONFIGURATION = """
            objectives: [{minimize: crowding}]
            horizon: %s
            %s
            """;

    @TempDir
    private Path directory = Path.of("");

    private CommandRun simulate(int seed, String horizon, String resolver, Path decisions) throws IOException {
        Path configuration =
                Files.writeString(directory.resolve("kitchen.yaml"), CONFIGURATION.formatted(horizon, resolver));
        List<String> arguments = new ArrayList<>(List.of(
                "simulate",
                "kitchen",
                "--nodes",
                "4",
                "--seed",
                Integer.toString(seed),
                "--config",
                configuration.toString(),
                "--decisions",
                decisions.toString(),
                "--json"));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void intervalsAreStatedFromTheFirstDecisionOn() throws IOException {
        Path before = directory.resolve("before.jsonl");
        simulate(3, "500ms", "", before);
        Path without = directory.resolve("without.jsonl");
        CommandRun unknowing = simulate(4, "500ms", "", without);
        Path with = directory.resolve("with.jsonl");
        CommandRun knowing = simulate(4, "500ms", "resolver: {experience: " + before + "}", with);
        assertEquals(ExitCode.DONE, knowing.code(), knowing::toString);
        assertEquals(unknowing.json().get("digest"), knowing.json().get("digest"));
        assertFalse(firstValues(without).contains("\"low\""), () -> firstValues(without));
        assertTrue(firstValues(with).contains("\"low\""), () -> firstValues(with));
    }

    private static String firstValues(Path decisions) {
        try {
            return Files.readAllLines(decisions).stream()
                    .filter(line -> line.contains("\"values\""))
                    .findFirst()
                    .orElse("no decision by prediction");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void aFileThatSaysNothingOfTheseObjectivesIsRefused() throws IOException {
        Path before = directory.resolve("before.jsonl");
        String resolver = "resolver: {experience: " + before + "}";
        CommandRun absent = simulate(4, "500ms", resolver, directory.resolve("after.jsonl"));
        assertEquals(ExitCode.USAGE, absent.code());
        assertTrue(absent.err().contains("kitchen.yaml:3:24: [FS481] there is no file " + before), absent::err);
        simulate(3, "500ms", "", before);
        CommandRun other = simulate(4, "700ms", resolver, directory.resolve("after.jsonl"));
        assertTrue(other.err().contains("[FS481] " + before + " holds no decision by these objectives"), other::err);
        Files.writeString(before, "no decisions\n");
        CommandRun damaged = simulate(4, "500ms", resolver, directory.resolve("after.jsonl"));
        assertTrue(damaged.err().contains("[FS481] " + before + " is no readable file"), damaged::err);
    }
}
