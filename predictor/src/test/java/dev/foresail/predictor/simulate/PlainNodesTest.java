package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.fixture.DiaryMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Rambler;
import dev.foresail.predictor.fixture.RamblerMachine;
import dev.foresail.predictor.fixture.Snooze;
import dev.foresail.predictor.fixture.SnoozeMachine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Nodes of plain protocols are rows of tables, until something happens that needs runtimes; nobody can tell. */
class PlainNodesTest {
    private static final int NODES = 12;
    private static final int MOST_STEPS = 30;
    private static final SimulationSettings<Snooze> SLEEPER = new SimulationSettings<>(
            new SnoozeMachine(),
            List.of(),
            NodeRange.of(1, 1),
            new EvenLinks(1, 20_000_000L, 0, 0),
            1,
            1,
            NodeSettings.DEFAULT,
            SimulationSettings.DEFAULT_PREDICTION_COST);

    private static Simulation<Rambler> system(long seed, int throwing, int late) {
        Topology links = new EvenLinks(NODES, 20_000_000L, seed % 3 == 0 ? 0 : 0.5, 0.05);
        SimulationSettings<Rambler> settings = new SimulationSettings<>(
                new RamblerMachine(),
                List.of((int) seed, NODES + (int) (seed % 2), throwing, late, false),
                NodeRange.of(1, NODES),
                links,
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        return new Simulation<>(
                settings,
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), new RamblerMachine()));
    }

    /** What can be seen of a system. */
    private static List<String> look(Simulation<Rambler> simulation) {
        List<String> seen = new ArrayList<>();
        seen.add(simulation.digest() + " " + simulation.events() + " " + simulation.now());
        seen.addAll(simulation.failures());
        for (NodeId node : simulation.nodes()) {
            seen.add(node + " " + simulation.isUp(node) + " "
                    + simulation
                            .state(node)
                            .map(state -> new RamblerMachine().describe((Rambler) state))
                            .orElse(""));
        }
        seen.add(simulation.view().nodes().toString());
        return seen;
    }

    private static NodeId node(RandomStream random) {
        return NodeId.of(1 + random.nextInt(NODES));
    }

    private static void startOrCall(Simulation<Rambler> simulation, NodeId node, int way) {
        if (simulation.isUp(node)) {
            simulation.call(node, "go", List.of(way));
        } else {
            try {
                simulation.start(node);
            } catch (IllegalStateException before) {
                simulation.restart(node);
            }
        }
    }

    private static void disturb(Simulation<Rambler> simulation, RandomStream random) {
        NodeId one = node(random);
        NodeId other = NodeId.of(1 + one.value() % NODES);
        Duration time = Duration.ofMillis(50L * random.nextInt(6));
        double rate = random.nextDouble();
        switch (random.nextInt(19)) {
            case 0, 1 -> simulation.crash(one, time, time);
            case 2 -> simulation.breakConnection(one, other);
            case 3 -> simulation.cut(one, other, time.plusMillis(1), Duration.ofMillis(30));
            case 4 -> simulation.pause(one, time.plusMillis(1));
            case 5 -> simulation.cutOneWay(one, other, time.plusMillis(1), Duration.ofMillis(30));
            case 6 -> simulation.clog(one, time);
            case 7 -> simulation.clog(one, other, time);
            case 8 -> simulation.swizzleClog(simulation.nodes(), time, random);
            case 9 -> simulation.delaySpike(one, other, 2, time, time);
            case 10 -> simulation.loss(one, other, rate, time);
            case 11 -> simulation.duplicating(one, other, rate, time);
            case 12 -> simulation.unordered(one, other, rate, time);
            case 13 -> simulation.serviceTime(one, Duration.ofMillis(random.nextInt(3)));
            case 14 -> simulation.slow(one, Duration.ofMillis(20), time);
            case 15 -> simulation.driftClock(one, random.nextInt(1_000_000) - 500_000);
            case 16 -> simulation.stepClock(one, time);
            case 17 -> loseWrites(simulation, one, random);
            default -> simulation.silentReset(one);
        }
    }

    /** The first time nothing was remembered of what was written before. */
    private static void loseWrites(Simulation<Rambler> simulation, NodeId node, RandomStream random) {
        if (simulation.isUp(node)) {
            simulation.rememberWrites(3);
            simulation.call(node, "go", List.of(random.nextInt(5)));
            simulation.crash(node, Duration.ZERO);
            simulation.restartWithoutWrites(node, 1 + random.nextInt(3));
        }
    }

    /** @param faults of a hundred steps so many are faults */
    private static void wander(Simulation<Rambler> simulation, long seed, int faults, Consumer<List<String>> seen) {
        RandomStream random = RandomStream.of(seed, "wander");
        for (int step = 0; step < MOST_STEPS; step++) {
            if (random.nextInt(100) < faults) {
                disturb(simulation, random);
            } else {
                startOrCall(simulation, node(random), random.nextInt(5));
            }
            simulation.runUntil(simulation.now().plusMillis(random.nextInt(60)));
            seen.accept(look(simulation));
        }
    }

    /** Whether the nodes have done without runtimes to the end. */
    private static boolean compare(long seed, int faults, int throwing, int late) {
        List<List<String>> asRows = new ArrayList<>();
        Simulation<Rambler> rows = system(seed, throwing, late);
        wander(rows, seed, faults, asRows::add);
        List<List<String>> withRuntimes = new ArrayList<>();
        Simulation<Rambler> runtimes = system(seed, throwing, late);
        runtimes.makeRuntimes();
        wander(runtimes, seed, faults, withRuntimes::add);
        for (int step = 0; step < MOST_STEPS; step++) {
            assertEquals(withRuntimes.get(step), asRows.get(step), "seed " + seed + ", step " + step);
        }
        return rows.hasPlainNodes();
    }

    @Test
    void withoutFaultsNobodyNeedsARuntime() {
        int plain = 0;
        for (long seed = 0; seed < 40; seed++) {
            Simulation<Rambler> rows = system(seed, 0, 0);
            rows.nodes().forEach(rows::start);
            rows.runUntil(Duration.ofMillis(500));
            Simulation<Rambler> runtimes = system(seed, 0, 0);
            runtimes.makeRuntimes();
            runtimes.nodes().forEach(runtimes::start);
            runtimes.runUntil(Duration.ofMillis(500));
            assertEquals(look(runtimes), look(rows), "seed " + seed);
            plain += rows.hasPlainNodes() ? 1 : 0;
        }
        assertTrue(plain > 0, "whoever sends to a node that is not up yet ends it");
    }

    @Test
    void whateverHappensNodesGoOnAsIfTheyHadHadRuntimes() {
        int plain = 0;
        for (long seed = 0; seed < 150; seed++) {
            plain += compare(seed, 4, 0, 0) ? 1 : 0;
        }
        assertTrue(plain < 150);
    }

    @Test
    void handlersThatThrowAndMessagesThatWaitNeedRuntimes() {
        for (long seed = 0; seed < 50; seed++) {
            compare(seed, 2, 20, 0);
            compare(seed, 2, 0, 5);
        }
    }

    @Test
    void timersThatAreMovedAgainAndAgainDoNotFillTheQueue() {
        Simulation<Snooze> simulation =
                new Simulation<>(SLEEPER, (self, clock, surroundings, seed) -> new ManualResolver<>(false));
        NodeId node = simulation.nodes().get(0);
        simulation.start(node);
        for (int call = 0; call < 20_000; call++) {
            simulation.runUntil(Duration.ofMillis(call));
            simulation.call(node, "snooze", List.of());
        }
        assertTrue(simulation.hasPlainNodes());
        assertTrue(simulation.pending() < 5_000, () -> simulation.pending() + " entries wait");
        simulation.runUntil(Duration.ofHours(2));
        assertEquals(1, ((Snooze) simulation.state(node).orElseThrow()).rung());
        assertEquals(0, simulation.pending());
    }

    @Test
    void whoeverLooksAheadHasRuntimesFromTheBeginning() {
        assertFalse(new Simulation<>(SLEEPER, (self, clock, surroundings, seed) -> new ManualResolver<>(true))
                .hasPlainNodes());
        assertFalse(new Simulation<>(
                        SLEEPER,
                        (self, clock, surroundings, seed) -> new ManualResolver<>(false),
                        (self, predictions) -> Steering.none())
                .hasPlainNodes());
    }

    @Test
    void theirPausesAreLikeThoseOfAnybody() {
        Simulation<Snooze> simulation =
                new Simulation<>(SLEEPER, (self, clock, surroundings, seed) -> new ManualResolver<>(true));
        simulation.nodes().forEach(simulation::start);
        simulation.pause(simulation.nodes().get(0), Duration.ofSeconds(5));
        simulation.runUntil(Duration.ofSeconds(10));
        assertEquals(Duration.ofSeconds(10), simulation.now());
    }

    @Test
    void whoNoticesConnectionsHasRuntimesFromTheBeginning() {
        assertTrue(PlainNodes.isPlain(new RamblerMachine()));
        assertFalse(PlainNodes.isPlain(new DiaryMachine()));
    }
}
