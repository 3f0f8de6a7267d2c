package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Ledger;
import dev.foresail.predictor.fixture.LedgerMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.NodeFaults;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two ledgers, of whose clocks and disks one goes wrong. */
class NodeFaultsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Simulation<Ledger> stage = system(1);

    private static Simulation<Ledger> system(long seed) {
        Simulation<Ledger> simulation = Simulations.of(
                new LedgerMachine(), List.of(), 2, seed, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private void until(long millis) {
        stage.runUntil(millis(millis));
    }

    private static Ledger at(Simulation<Ledger> simulation, NodeId node) {
        return (Ledger) simulation.state(node).orElseThrow();
    }

    private Ledger one() {
        return at(stage, ONE);
    }

    private long look(NodeId node) {
        stage.call(node, "look", List.of());
        return at(stage, node).seenMillis();
    }

    private void wind(long millis) {
        stage.call(ONE, "wind", List.of(millis(millis)));
    }

    private static void crash(Simulation<Ledger> simulation) {
        simulation.crash(ONE, Duration.ZERO);
    }

    private static void book(Simulation<Ledger> simulation, long amount) {
        simulation.call(ONE, "book", List.of(amount));
    }

    @Test
    void aClockThatRunsFastFiresTimersEarly() {
        until(1_000);
        stage.driftClock(ONE, 1_000_000);
        wind(100);
        until(1_049);
        assertEquals(-1, one().rangMillis());
        until(1_050);
        assertEquals(1_100, one().rangMillis(), "by its own clock it was in time");
        assertEquals(1_050, look(TWO), "other clocks are right");
        until(2_000);
        stage.driftClock(ONE, 0);
        assertEquals(3_000, look(ONE));
        until(2_500);
        assertEquals(3_500, look(ONE), "what it has gained it keeps");
    }

    @Test
    void timersThatAreArmedGoByTheClockToo() {
        wind(100);
        until(40);
        stage.driftClock(ONE, -500_000);
        until(80);
        stage.driftClock(ONE, 0);
        until(119);
        assertEquals(-1, one().rangMillis());
        until(120);
        assertEquals(100, one().rangMillis());
    }

    @Test
    void aClockThatJumpsAheadFiresWhatIsDueByThen() {
        wind(100);
        until(10);
        stage.stepClock(ONE, millis(50));
        assertEquals(60, look(ONE));
        until(49);
        assertEquals(-1, one().rangMillis());
        until(50);
        assertEquals(100, one().rangMillis());
        wind(100);
        stage.stepClock(ONE, millis(3_000));
        until(51);
        assertEquals(3_100, one().rangMillis(), "at once");
    }

    @Test
    void onlyWhileANodeIsDownItsClockGoesBack() {
        until(1_000);
        assertThrows(IllegalArgumentException.class, () -> stage.stepClock(ONE, millis(-1)));
        crash(stage);
        stage.stepClock(ONE, millis(-1_000));
        assertThrows(IllegalArgumentException.class, () -> stage.stepClock(ONE, millis(-1)), "it reads zero");
        stage.restart(ONE);
        until(1_100);
        assertEquals(100, look(ONE));
    }

    @Test
    void aClockDriftsOverARestart() {
        stage.driftClock(ONE, 500_000);
        crash(stage);
        until(1_000);
        stage.restart(ONE);
        until(2_000);
        assertEquals(3_000, look(ONE));
    }

    @Test
    void aDiskThatLosesWritesGoesBackByThem() {
        stage.rememberWrites(3);
        book(stage, 5);
        stage.call(ONE, "look", List.of());
        book(stage, 7);
        crash(stage);
        stage.restartWithoutWrites(ONE, 1);
        assertEquals("5  1 [5]", one().durable(), "to look is no write");
        assertEquals(-1, one().seenMillis(), "what is not durable is gone as ever");
        book(stage, 9);
        crash(stage);
        stage.restart(ONE);
        assertEquals("14  2 [5, 9]", one().durable(), "what was lost stays lost, and what is written now is not");
    }

    @Test
    void noMoreWritesAreLostThanAreRememberedNorAnyBeforeTheStart() {
        stage.rememberWrites(2);
        List.of(1L, 2L, 3L).forEach(amount -> book(stage, amount));
        crash(stage);
        stage.restartWithoutWrites(ONE, 9);
        assertEquals("1  1 [1]", one().durable());
        crash(stage);
        stage.restartWithoutWrites(ONE, 9);
        assertEquals("1  1 [1]", one().durable(), "nothing was written since the start");
    }

    @Test
    void ofATornWriteSomeFieldsAreNewAndSomeAreOld() {
        SortedSet<String> seen = new TreeSet<>();
        for (long seed = 0; seed < 60; seed++) {
            Simulation<Ledger> simulation = system(seed);
            simulation.rememberWrites(1);
            book(simulation, 5);
            book(simulation, 7);
            crash(simulation);
            simulation.restartTorn(ONE);
            seen.add(at(simulation, ONE).durable());
        }
        assertEquals(
                new TreeSet<>(
                        List.of("12  1 [5]", "5  2 [5]", "5  1 [5, 7]", "12  2 [5]", "12  1 [5, 7]", "5  2 [5, 7]")),
                seen,
                "never all, never none");
    }

    @Test
    void aTornWriteOfASingleFieldIsNotThere() {
        stage.rememberWrites(1);
        book(stage, 5);
        stage.call(ONE, "name", List.of("Ada"));
        crash(stage);
        stage.restartTorn(ONE);
        assertEquals("5  1 [5]", one().durable());
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        List<Consumer<Simulation<Ledger>>> senseless = List.of(
                on -> on.serviceTime(ONE, millis(-1)),
                on -> on.slow(ONE, millis(1), Duration.ofSeconds(Long.MAX_VALUE)),
                on -> on.driftClock(ONE, -500_001),
                on -> on.driftClock(ONE, 1_000_001),
                on -> on.rememberWrites(0),
                on -> on.restartWithoutWrites(ONE, 0));
        stage.makeRuntimes();
        String before = stage.digest();
        for (Consumer<Simulation<Ledger>> fault : senseless) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> fault.accept(stage), fault::toString);
            assertTrue(refused.getMessage().startsWith("[FS431] "), refused::getMessage);
        }
        assertEquals(before, stage.digest(), "and nothing has happened");
        assertThrows(IllegalStateException.class, () -> stage.restartTorn(ONE), "it runs");
        crash(stage);
        assertThrows(IllegalStateException.class, () -> stage.restartTorn(ONE), "nothing is remembered");
    }

    @Test
    void aStageThatCannotSaysSo() {
        NodeFaults live = new NodeFaults() {};
        List<Consumer<NodeFaults>> all = List.of(
                on -> on.serviceTime(ONE, millis(1)),
                on -> on.slow(ONE, millis(1), millis(1)),
                on -> on.driftClock(ONE, 1),
                on -> on.stepClock(ONE, millis(1)),
                on -> on.rememberWrites(1),
                on -> on.restartWithoutWrites(ONE, 1),
                on -> on.restartTorn(ONE));
        for (Consumer<NodeFaults> fault : all) {
            String refusal = assertThrows(UnsupportedOperationException.class, () -> fault.accept(live))
                    .getMessage();
            assertTrue(refusal.startsWith("[FS430] "), refusal);
        }
    }

    private static String digestOf(Consumer<Simulation<Ledger>> fault) {
        Simulation<Ledger> simulation = system(1);
        simulation.makeRuntimes();
        fault.accept(simulation);
        simulation.runUntil(millis(1_000));
        return simulation.digest();
    }

    @Test
    void faultsAreOfTheTraceAndTheSameFaultsGiveTheSame() {
        SortedSet<String> digests = new TreeSet<>(List.of(digestOf(on -> {})));
        List<Consumer<Simulation<Ledger>>> faults = List.of(
                on -> on.serviceTime(ONE, millis(1)),
                on -> on.serviceTime(TWO, millis(1)),
                on -> on.slow(ONE, millis(1), millis(1)),
                on -> on.driftClock(ONE, 1),
                on -> on.driftClock(ONE, 2),
                on -> on.stepClock(ONE, millis(1)));
        for (Consumer<Simulation<Ledger>> fault : faults) {
            assertTrue(digests.add(digestOf(fault)), "the fault is told");
            assertEquals(digestOf(fault), digestOf(fault));
        }
        Consumer<Simulation<Ledger>> torn = on -> {
            on.rememberWrites(1);
            crash(on);
            on.restartTorn(ONE);
        };
        Consumer<Simulation<Ledger>> whole = on -> {
            crash(on);
            on.restart(ONE);
        };
        assertNotEquals(digestOf(torn), digestOf(whole));
    }
}
