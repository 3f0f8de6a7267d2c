package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.Rambler;
import dev.foresail.predictor.fixture.RamblerMachine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whoever spreads a run over several workers sees what one worker would have shown. */
class WorkersTest {
    private static final int NODES = 24;
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool();
    private static final RamblerMachine MACHINE = new RamblerMachine();

    @AfterAll
    static void letGo() {
        HELPERS.shutdownNow();
    }

    private static Simulation<Rambler> system(long seed, Topology links, int throwing) {
        SimulationSettings<Rambler> settings = new SimulationSettings<>(
                MACHINE,
                List.of((int) seed, NODES, throwing, 0, true),
                NodeRange.of(1, NODES),
                links,
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        return new Simulation<>(
                settings, ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), MACHINE));
    }

    private static Simulation<Rambler> system(long seed, int throwing) {
        return system(seed, new EvenLinks(NODES, 20_000_000L, seed % 3 == 0 ? 0 : 0.5, 0.05), throwing);
    }

    /** The application calls nodes at random times; with a fault there is one in the middle. */
    private static List<String> live(Simulation<Rambler> simulation, long seed, boolean fault) {
        RandomStream random = RandomStream.of(seed, "calls");
        List<String> seen = new ArrayList<>();
        simulation.at(Duration.ZERO, () -> simulation.nodes().forEach(simulation::start));
        for (int call = 0; call < 20; call++) {
            NodeId node = NodeId.of(1 + random.nextInt(NODES));
            int way = random.nextInt(5);
            simulation.at(Duration.ofMillis(random.nextInt(800)), () -> simulation.call(node, "go", List.of(way)));
        }
        if (fault) {
            simulation.at(Duration.ofMillis(400), () -> simulation.crash(NodeId.of(3), Duration.ZERO, Duration.ZERO));
        }
        for (int step = 1; step <= 5; step++) {
            simulation.runUntil(Duration.ofMillis(200L * step));
            seen.add(simulation.digest() + " " + simulation.events() + " " + simulation.now());
        }
        for (NodeId node : simulation.nodes()) {
            seen.add(simulation
                    .state(node)
                    .map(state -> MACHINE.describe((Rambler) state))
                    .orElse("down"));
        }
        return seen;
    }

    @Test
    void anyNumberOfWorkersGivesTheSameRun() {
        long events = 0;
        for (long seed = 0; seed < 12; seed++) {
            List<String> alone = live(system(seed, 0), seed, false);
            for (int workers = 2; workers <= 3; workers++) {
                Simulation<Rambler> spread = system(seed, 0);
                assertEquals(Optional.empty(), spread.useWorkers(workers, HELPERS));
                assertEquals(alone, live(spread, seed, false), "seed " + seed + ", " + workers + " workers");
                assertEquals(workers, spread.workers());
                events += spread.events();
            }
        }
        assertTrue(events > 3_000, events + " events are too few to mean anything");
    }

    @Test
    void aFaultOfTheScenarioLeavesOneWorkerWithTheSameRun() {
        for (long seed = 0; seed < 10; seed++) {
            Simulation<Rambler> spread = system(seed, 0);
            spread.useWorkers(2, HELPERS);
            assertEquals(live(system(seed, 0), seed, true), live(spread, seed, true), "seed " + seed);
            assertEquals(1, spread.workers());
        }
    }

    @Test
    void whatNeedsAllNodesAtOneTimeIsSaidAndNotGuessed() {
        int refused = 0;
        for (long seed = 0; seed < 10; seed++) {
            Simulation<Rambler> spread = system(seed, 30);
            spread.useWorkers(2, HELPERS);
            try {
                assertEquals(live(system(seed, 30), seed, false), live(spread, seed, false));
            } catch (OneWorkerNeededException needed) {
                assertTrue(needed.why().startsWith("a handler that threw at n"), needed.why());
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    @Test
    void windowsStayWithinWhatTimersBoundThemTo() {
        Simulation<Rambler> strict = system(2, 0);
        strict.useWorkers(2, HELPERS);
        live(strict, 2, false);
        assertEquals(0, strict.windows().orElseThrow().slow());
        assertEquals(20_000_000, strict.windows().orElseThrow().widthNanos());
        AtomicLong clock = new AtomicLong();
        Simulation<Rambler> relaxed = system(2, 0);
        SlowMessages slowMessages = new SlowMessages(1, () -> clock.addAndGet(100_000_000));
        relaxed.useWorkers(2, Optional.of(slowMessages), HELPERS);
        live(relaxed, 2, false);
        SlowMessages.Report report = relaxed.windows().orElseThrow();
        // The rambler arms timers of no time at all, and cancels them.
        assertEquals(0, report.mostNanos());
        assertEquals(20_000_000, report.widthNanos());
        assertEquals(0, report.slow());
        assertTrue(report.between() > 0);
        assertThrows(IllegalArgumentException.class, () -> new SlowMessages(0, () -> 0));
    }

    @Test
    void itIsSaidWhyOneWorkerDoesEverything() {
        Simulation<Rambler> near = system(1, new UniformTopology(NODES, 0), 0);
        assertTrue(near.useWorkers(2, HELPERS).orElseThrow().contains("no 2 parts"));
        assertEquals(1, near.workers());
        Simulation<Rambler> withRuntimes = system(1, 0);
        withRuntimes.makeRuntimes();
        assertTrue(withRuntimes.useWorkers(2, HELPERS).orElseThrow().contains("runtime for each node"));
        Simulation<Rambler> watched = system(1, 0);
        watched.onHandled((node, event) -> {});
        assertTrue(watched.useWorkers(2, HELPERS).isPresent(), "who is told of each event needs one worker");
        assertEquals(Optional.empty(), system(1, 0).useWorkers(1, HELPERS));
    }

    @Test
    void eventByEventIsForOneWorker() {
        Simulation<Rambler> spread = system(1, 0);
        spread.useWorkers(2, HELPERS);
        spread.at(Duration.ZERO, () -> spread.nodes().forEach(spread::start));
        assertThrows(IllegalStateException.class, spread::runOne);
        assertFalse(spread.hasPlainNodes() && spread.workers() == 1);
    }
}
