package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulateVerbTest {
    private static final String PREDICTING = "objectives: [{minimize: crowding}]\nhorizon: 500ms\n";

    @TempDir
    private Path directory = Path.of("");

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("kitchen.yaml"), text).toString();
    }

    @Test
    void theResultHasTheKeysThatToolsRelyOn() {
        CommandRun run = CommandRun.of("simulate", "kitchen", "--nodes", "4", "--seed", "7", "--json");
        Map<String, Object> json = run.json();
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertEquals(
                List.of(
                        "protocol",
                        "nodes",
                        "seed",
                        "events",
                        "seconds",
                        "virtualSeconds",
                        "heapBytes",
                        "digest",
                        "metrics",
                        "properties",
                        "decisions"),
                List.copyOf(json.keySet()));
        assertEquals("kitchen", json.get("protocol"));
        assertEquals(4.0, json.get("nodes"));
        assertEquals(7.0, json.get("seed"));
        assertEquals(60.0, json.get("virtualSeconds"));
        assertEquals(Map.of("crowding", 0.0, "plates", 20.0, "orders", 20.0), json.get("metrics"));
        assertEquals(
                Map.of("nobodyIsOwed", "holds", "everythingIsServed", "holds", "everybodyHasServed", "holds"),
                json.get("properties"));
        assertEquals(Map.of("predicted", 0.0, "cached", 0.0, "fallback", 20.0), json.get("decisions"));
    }

    @Test
    void whereSeveralWorkersCannotHelpItIsSaidWhy() {
        CommandRun one = CommandRun.of("simulate", "kitchen", "--nodes", "4", "--json");
        CommandRun two = CommandRun.of("simulate", "kitchen", "--nodes", "4", "--workers", "2", "--json");
        assertEquals(one.json().get("digest"), two.json().get("digest"));
        assertTrue(
                two.err().contains("one worker is used: its safety properties are asked between events"),
                two::toString);
    }

    @Test
    void workersAndWhatTheyMayDoAreChecked() {
        for (List<String> wrong : List.of(
                List.of("--workers", "0"),
                List.of("--workers", "128"),
                List.of("--slow-messages", "0.01"),
                List.of("--workers", "2", "--slow-messages", "0"),
                List.of("--workers", "2", "--slow-messages", "0.01", "--verify-determinism"))) {
            List<String> arguments = new ArrayList<>(List.of("simulate", "kitchen"));
            arguments.addAll(wrong);
            CommandRun run = CommandRun.of(arguments.toArray(new String[0]));
            assertEquals(ExitCode.USAGE, run.code(), run::toString);
            assertTrue(run.err().contains("[FS200]") && run.err().contains("--"), run::toString);
        }
    }

    @Test
    void theSeedIsPrintedFirst() {
        assertTrue(CommandRun.of("simulate", "kitchen", "--seed", "7").out().startsWith("seed 7"));
        CommandRun json = CommandRun.of("simulate", "kitchen", "--seed", "7", "--json");
        assertTrue(json.err().startsWith("seed 7"), json::err);
    }

    @Test
    void theSameSeedGivesTheSameDigestAndAnotherSeedAnother() {
        Object digest = digest("7");
        assertEquals(digest, digest("7"));
        assertNotEquals(digest, digest("8"));
    }

    @Test
    void connectionsCanTakeTimeToBegin() {
        assertEquals(digest("7", "--connection-setup"), digest("7", "--connection-setup"));
        assertNotEquals(digest("7"), digest("7", "--connection-setup"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void theFaultsOfTheFileHappenUnlessTheCommandLineNamesOthers() throws IOException {
        String file = file("faults: {pause: 60/min, serviceTime: 1ms}\n");
        CommandRun run = CommandRun.of("simulate", "kitchen", "--nodes", "4", "--json", "--config", file);
        Map<String, Object> metrics = (Map<String, Object>) run.json().get("metrics");
        assertTrue(metrics.keySet().containsAll(List.of("faults.pause", "queue.longest", "queue.seconds")), run::out);
        CommandRun other = CommandRun.of(
                "simulate", "kitchen", "--nodes", "4", "--json", "--config", file, "--faults", "slow 60/min");
        metrics = (Map<String, Object>) other.json().get("metrics");
        assertTrue(metrics.containsKey("faults.slow") && !metrics.containsKey("faults.pause"), other::out);
        assertTrue(metrics.containsKey("queue.longest"), "events still take their time");
    }

    @Test
    void aFaultThatIsNeverOverInTheRunIsRefusedWithItsPlace() throws IOException {
        String file = file("faults:\n  crash: {rate: 1/min, for: 10s}\n");
        CommandRun run = CommandRun.of("simulate", "kitchen", "--config", file, "--until", "15s");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains(":2:29: [FS432] faults.crash.for: 10.0 s is beyond the run"), run::err);
    }

    private static Object digest(String seed, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("simulate", "kitchen", "--nodes", "5", "--seed", seed, "--json"));
        arguments.addAll(List.of(more));
        Object digest = CommandRun.of(arguments.toArray(String[]::new)).json().get("digest");
        return String.valueOf(digest);
    }

    @Test
    void withObjectivesTheRuntimePredicts() throws IOException {
        CommandRun run = CommandRun.of(
                "simulate", "kitchen", "--nodes", "4", "--json", "--config", file(PREDICTING), "--set", "orders=40");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        Map<?, ?> decisions = (Map<?, ?>) run.json().get("decisions");
        assertTrue(!Double.valueOf(0).equals(decisions.get("predicted")), run::out);
    }

    @Test
    void theResolverOfTheConfigurationCanBeOverridden() throws IOException {
        CommandRun run = CommandRun.of(
                "simulate", "kitchen", "--nodes", "4", "--json", "--config", file(PREDICTING), "--resolver", "first");
        assertEquals(
                Map.of("predicted", 0.0, "cached", 0.0, "fallback", 20.0),
                run.json().get("decisions"));
    }

    @Test
    void withoutConfigurationAHintTellsHowToPredict() {
        assertTrue(CommandRun.of("simulate", "kitchen")
                .err()
                .contains("choices are made at random; objectives in --config"));
    }

    @Test
    void manySeedsGiveDistributions() {
        CommandRun run = CommandRun.of(
                "simulate",
                "kitchen",
                "--nodes",
                "3",
                "--seeds",
                "6",
                "--jobs",
                "2",
                "--until",
                "3s",
                "--shrink-for",
                "0s",
                "--json");
        Map<String, Object> json = run.json();
        assertEquals(ExitCode.LIVENESS_VIOLATED, run.code(), "20 orders take longer than 3 s");
        assertEquals(6.0, json.get("seeds"));
        assertEquals(18.0, json.get("virtualSeconds"));
        Map<?, ?> plates = (Map<?, ?>) ((Map<?, ?>) json.get("metrics")).get("plates");
        assertEquals(List.of("min", "median", "p95", "max"), List.copyOf(plates.keySet()));
        assertEquals(
                json.get("digest"),
                CommandRun.of(
                                "simulate",
                                "kitchen",
                                "--nodes",
                                "3",
                                "--seeds",
                                "6",
                                "--until",
                                "3s",
                                "--shrink-for",
                                "0s",
                                "--json")
                        .json()
                        .get("digest"),
                "the number of jobs changes nothing");
    }

    @Test
    void aViolatedSafetyPropertyIsTheExitCode() {
        CommandRun run =
                CommandRun.of("simulate", "kitchen", "--scenario", "overcharge", "--shrink-for", "0s", "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code());
        Map<?, ?> properties = (Map<?, ?>) run.json().get("properties");
        assertEquals("violated", properties.get("nobodyIsOwed"));
        assertEquals("unknown", properties.get("everybodyHasServed"), "an hour has not passed");
    }

    @Test
    void aViolationInTheMiddleOfARunIsToldWithWhatLedToIt() {
        CommandRun run = CommandRun.of(
                "simulate", "kitchen", "--scenario", "overcharge", "--shrink-for", "0s", "--seeds=2", "--jobs", "2");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code());
        assertTrue(run.out().contains("seed 1: nobodyIsOwed is violated at 1.000000 s, by event "), run::out);
        assertTrue(run.out().contains("seed 2: nobodyIsOwed is violated"), run::out);
        assertTrue(run.out().contains(" timer "), run::out);
        assertTrue(run.out().contains("queued: 0 -> -1"), run::out);
        assertTrue(run.out().contains("seed 2: everythingIsServed does not hold in the end, after 10.0 s"), run::out);
        assertTrue(
                run.out().contains("again: foresail simulate kitchen --scenario overcharge --shrink-for 0s --seed 2"),
                run::out);
    }

    @Test
    void violationsAreInTheResultToo() {
        CommandRun run =
                CommandRun.of("simulate", "kitchen", "--scenario", "overcharge", "--shrink-for", "0s", "--json");
        Map<?, ?> violation = (Map<?, ?>) ((List<?>) run.json().get("violations")).get(0);
        assertEquals("nobodyIsOwed", violation.get("property"));
        assertEquals("n1", violation.get("node"));
        assertEquals(1L, ((Number) violation.get("seed")).longValue());
    }

    @Test
    void whatAScenarioThrowsIsItsOwnMistake() {
        CommandRun run = CommandRun.of("simulate", "kitchen", "--scenario", "overboard");
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains("[FS405] the scenario failed at 1.5 s: java.util.NoSuchElement"), run::err);
    }

    /** What was run does not depend on whether it could be written down. */
    @Test
    void aFullDiskTakesNothingOfTheRunButTheFile() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "a disk that is always full");
        CommandRun run = CommandRun.of("simulate", "kitchen", "--nodes", "3", "--decisions", "/dev/full", "--json");
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().contains("[FS477] decisions cannot be written to /dev/full"), run::err);
        CommandRun plain = CommandRun.of("simulate", "kitchen", "--nodes", "3", "--json");
        assertEquals(plain.json().get("digest"), run.json().get("digest"));
    }

    @Test
    void aViolationIsTheExitCodeOnAFullDiskToo() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "a disk that is always full");
        CommandRun run = CommandRun.of(
                "simulate", "kitchen", "--scenario", "overcharge", "--shrink-for", "0s", "--decisions", "/dev/full");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        assertTrue(run.err().contains("[FS477] "), run::err);
    }

    @Test
    void determinismCanBeVerified() {
        CommandRun run = CommandRun.of("simulate", "kitchen", "--nodes", "3", "--verify-determinism");
        assertEquals(ExitCode.DONE, run.code());
        assertTrue(run.out().contains("deterministic: the second run gave the same digest"), run::out);
    }

    @Test
    void aRunThatCannotBeRepeatedIsReported() {
        CommandRun run = CommandRun.of(
                "simulate", "kitchen", "--scenario", "moody", "--shrink-for", "0s", "--verify-determinism");
        assertEquals(ExitCode.DIVERGED, run.code(), run::toString);
        assertTrue(run.err().contains("[FS240] not deterministic: seed 1 gave the digest "), run::err);
        assertTrue(run.err().contains(" is the first that differs:"), run::err);
        assertTrue(run.err().contains("second run: 0.000000000 s  n1 call rest[PT4S, "), run::err);
    }

    @Test
    void theFirstDifferenceIsInTheResultToo() {
        Map<String, Object> json = CommandRun.of(
                        "simulate",
                        "kitchen",
                        "--scenario",
                        "moody",
                        "--shrink-for",
                        "0s",
                        "--verify-determinism",
                        "--json")
                .json();
        Map<?, ?> difference = (Map<?, ?>) json.get("firstDifference");
        assertEquals(List.of("seed", "event", "first", "second", "fields"), List.copyOf(difference.keySet()));
        assertEquals("n1", ((Map<?, ?>) difference.get("first")).get("node"));
    }

    /** What is saved is a run that replay plays; until the scenario is another one. */
    @Test
    void aFailingSeedIsMadeSmallAndSavedAndPlayedAgain() throws IOException {
        String traces = directory.resolve("traces").toString();
        CommandRun run = CommandRun.of(
                "simulate",
                "kitchen",
                "--scenario",
                "overcharge",
                "--faults",
                "pause 30/min",
                "--nodes",
                "8",
                "--trace-dir",
                traces,
                "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        Map<?, ?> saved = ((List<?>) run.json().get("traces"))
                .stream()
                        .map(Map.class::cast)
                        .filter(each -> "nobodyIsOwed".equals(each.get("property")))
                        .findFirst()
                        .orElseThrow();
        assertEquals(0.0, saved.get("faults"), "pauses have nothing to do with it");
        assertEquals(1.0, saved.get("nodes"));
        String file = String.valueOf(saved.get("traceFile"));
        assertTrue(file.endsWith("kitchen-nobodyIsOwed-1.simulation.jsonl"), file);

        CommandRun again = CommandRun.of("replay", file);
        assertEquals(ExitCode.SAFETY_VIOLATED, again.code(), again::toString);
        assertTrue(again.out().contains("queued: 0 -> -1"), again::out);
        assertTrue(again.out().contains("violated: nobodyIsOwed, as it was saved"), again::out);
        assertEquals("violated", CommandRun.of("replay", file, "--json").json().get("verdict"));

        Path other = Path.of(file);
        String text = Files.readString(other);
        Files.writeString(other, text.replaceFirst("\"event\":\\d+", "\"event\":1000000"));
        CommandRun diverged = CommandRun.of("replay", file);
        assertEquals(ExitCode.DIVERGED, diverged.code(), diverged::toString);
        assertTrue(diverged.err().contains("[FS251] nobodyIsOwed is violated, but not as it was saved"), diverged::err);
        assertEquals(
                ExitCode.USAGE, CommandRun.of("replay", file, "--until", "3").code());

        Files.writeString(other, text.replaceFirst("\"untilNanos\":\\d+", "\"untilNanos\":500000000"));
        CommandRun early = CommandRun.of("replay", file);
        assertEquals(ExitCode.DONE, early.code(), early::toString);
        assertTrue(early.out().contains("holds: nobodyIsOwed is not violated any more"), early::out);
    }

    @Test
    void theResultIsThereThoughNothingCanBeSaved() throws IOException {
        CommandRun run = CommandRun.of(
                "simulate", "kitchen", "--scenario", "overcharge", "--trace-dir", file("no directory"), "--json");
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        assertTrue(run.err().contains("not saved: [FS258] cannot write "), run::err);
        assertEquals("kitchen", run.json().get("protocol"));
    }

    @Test
    void whoDoesNotWantTracesGetsNone() {
        CommandRun run =
                CommandRun.of("simulate", "kitchen", "--scenario", "overcharge", "--shrink-for", "0s", "--json");
        assertFalse(run.json().containsKey("traces"), run::out);
    }

    @Test
    void whatWasTriedIsToldWhenSomebodyAsks() {
        CommandRun run = CommandRun.of("simulate", "kitchen", "--nodes", "4", "--seeds", "2", "--coverage");
        assertTrue(run.out().contains("handler "), run::out);
        assertTrue(run.out().contains("that never ran: "), run::out);
        Map<?, ?> coverage = (Map<?, ?>) CommandRun.of("simulate", "kitchen", "--nodes", "4", "--coverage", "--json")
                .json()
                .get("coverage");
        assertEquals(List.of("handlers", "states", "choices", "never"), List.copyOf(coverage.keySet()));
    }

    @Test
    void aRunThatIsCutShortSaysSoAndGivesWhatItHas() {
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = CommandRun.of(interruption, "simulate", "kitchen", "--json");
        assertEquals(
                ExitCode.LIVENESS_VIOLATED,
                CommandRun.of("simulate", "kitchen", "--until", "1s", "--shrink-for", "0s")
                        .code());
        assertEquals(true, run.json().get("partial"));
        assertEquals(0.0, run.json().get("events"));
        assertEquals(ExitCode.UNKNOWN, run.code());
    }

    @Test
    void whatWasNotComparedIsNotCalledDeterministic() {
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = CommandRun.of(interruption, "simulate", "kitchen", "--verify-determinism");
        assertEquals(ExitCode.UNKNOWN, run.code());
        assertTrue(run.out().contains("cut short: 0 of 1 seeds were compared"), run::out);
        assertFalse(run.out().contains("deterministic:"), run::out);
    }

    @Test
    void manySeedsThatAreCutShortSaySoToo() {
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = CommandRun.of(interruption, "simulate", "kitchen", "--seeds", "3", "--json");
        assertEquals(ExitCode.UNKNOWN, run.code());
        assertEquals(true, run.json().get("partial"));
    }

    @Test
    void aMistakeInTheConfigurationIsNamedWithItsPlace() throws IOException {
        String file = file("objectives:\n  - minimize: crowdin\n");
        CommandRun run = CommandRun.of("simulate", "kitchen", "--config", file);
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains(file + ":2:15: [FS220] "), run::err);
    }

    @Test
    void aTableIsForPeople() {
        CommandRun run = CommandRun.of("simulate", "kitchen", "--nodes", "4", "--seeds", "2");
        assertTrue(run.out().contains("metric    min  median  p95  max"), run::out);
        assertTrue(run.out().contains("nobodyIsOwed        holds"), run::out);
    }
}
