package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table is made from the very configuration that names it, and nodes begin with it. */
final class PrecomputeVerbTest {
    private static final String CONFIGURATION = """
            objectives: [{minimize: crowding}]
            horizon: 500ms
            resolver: {table: %s}
            """;

    @TempDir
    private Path directory = Path.of("");

    private Path table = Path.of("");
    private Path configuration = Path.of("");

    @BeforeEach
    void configure() throws IOException {
        table = directory.resolve("kitchen.values.jsonl");
        configuration = Files.writeString(directory.resolve("kitchen.yaml"), CONFIGURATION.formatted(table));
    }

    private CommandRun precompute(Path out) {
        return CommandRun.of(
                "precompute",
                "kitchen",
                "--nodes",
                "4",
                "--seeds",
                "3",
                "--config",
                configuration.toString(),
                "--out",
                out.toString(),
                "--json");
    }

    private CommandRun simulate() {
        return CommandRun.of(
                "simulate", "kitchen", "--nodes", "4", "--seed", "4", "--config", configuration.toString(), "--json");
    }

    @Test
    void aTableIsMadeTriedAndUsed() throws IOException {
        CommandRun early = simulate();
        assertEquals(ExitCode.USAGE, early.code());
        assertTrue(early.err().contains("kitchen.yaml:3:19: [FS478] there is no file " + table), early::err);

        CommandRun run = precompute(table);
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        Map<String, Object> json = run.json();
        assertEquals(
                List.of("protocol", "nodes", "seed", "seeds", "seconds", "predictions", "situations", "file", "trial"),
                List.copyOf(json.keySet()));
        assertEquals(3.0, json.get("seeds"));
        assertTrue((double) json.get("situations") > 0, run::toString);
        Map<?, ?> trial = (Map<?, ?>) json.get("trial");
        assertEquals(4.0, trial.get("seed"), "the first that the table does not know");
        assertTrue(unknown(trial, "with") < unknown(trial, "without"), run::toString);

        byte[] made = Files.readAllBytes(table);
        assertEquals(ExitCode.DONE, precompute(directory.resolve("again.jsonl")).code());
        assertArrayEquals(made, Files.readAllBytes(directory.resolve("again.jsonl")), "the same seeds, the same table");

        CommandRun used = simulate();
        assertEquals(ExitCode.DONE, used.code(), used::toString);
        Files.writeString(configuration, CONFIGURATION.formatted(table).replaceAll("resolver.*\n", ""));
        assertNotEquals(used.json().get("decisions"), simulate().json().get("decisions"));
    }

    /** How many decisions waited for a prediction or were left to the fast policy. */
    private static double unknown(Map<?, ?> trial, String which) {
        Map<?, ?> decisions = (Map<?, ?>) ((Map<?, ?>) trial.get(which)).get("decisions");
        return (double) decisions.get("fallback") + (double) decisions.get("predicted");
    }

    @Test
    void aTableForOtherObjectivesOrADamagedOneIsRefused() throws IOException {
        assertEquals(ExitCode.DONE, precompute(table).code());
        Files.writeString(configuration, CONFIGURATION.formatted(table).replace("crowding", "plates"));
        CommandRun other = simulate();
        assertEquals(ExitCode.USAGE, other.code());
        assertTrue(
                other.err().contains("is no table for this configuration: it was made for other objectives"),
                other::err);
        byte[] whole = Files.readAllBytes(table);
        Files.write(table, java.util.Arrays.copyOf(whole, whole.length / 2));
        CommandRun cut = simulate();
        assertTrue(cut.err().contains("the file ends in the middle; copy it as a whole"), cut::err);
    }

    @Test
    void whoeverIsInterruptedHasATableThatSaysSo() {
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = CommandRun.of(
                interruption,
                "precompute",
                "kitchen",
                "--config",
                configuration.toString(),
                "--out",
                table.toString(),
                "--json");
        assertPartial(run, "partial: 0 of 10 simulations went on to their ends");
    }

    /** Neither the table nor a comparison of two of them may pass for one of whole simulations. */
    @Test
    void simulationsThatAreStoppedMakeAPartialTableAndNoTrial() throws IOException {
        Files.writeString(configuration, "limits: {pendingEvents: 5}\n", StandardOpenOption.APPEND);
        CommandRun run = precompute(table);
        assertPartial(run, "partial: 0 of 3 simulations went on to their ends");
        assertEquals(3.0, run.json().get("seeds"));
        assertTrue(Files.exists(table));
    }

    private static void assertPartial(CommandRun run, String words) {
        assertEquals(ExitCode.UNKNOWN, run.code(), run::toString);
        assertEquals(true, run.json().get("partial"));
        assertFalse(run.json().containsKey("trial"), run::out);
        assertTrue(run.err().contains(words), run::err);
        assertTrue(run.err().contains("the table was not tried"), run::err);
    }

    @Test
    void withoutObjectivesThereIsNothingToPrecompute() throws IOException {
        Files.writeString(configuration, "resolver: first\n");
        CommandRun run = precompute(table);
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains("[FS222] nothing is predicted"), run::err);
    }

    @Test
    void aTableThatCannotBeWrittenIsSaid() {
        CommandRun run = precompute(configuration.resolve("below.jsonl"));
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains("[FS479] cannot write "), run::err);
    }
}
