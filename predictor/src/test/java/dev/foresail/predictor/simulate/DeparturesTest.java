package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.Regions;
import dev.foresail.network.topology.Topology;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Nobody can tell whether what nodes have sent goes on its way at once or a little later, with what others have sent. */
class DeparturesTest {
    private static final RamblerMachine MACHINE = new RamblerMachine();
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool();
    /** Who does anything, of all nodes; enough that more is sent in a least latency than is postponed at once. */
    private static final int BUSY = 400;

    private static final long LEAST_NANOS = 20_000_000L;

    @AfterAll
    static void letGo() {
        HELPERS.shutdownNow();
    }

    /** Links that say what their least latency is. */
    private record Bounded(EvenLinks links) implements Topology {
        @Override
        public int size() {
            return links.size();
        }

        @Override
        public long latencyNanos(int from, int to) {
            return links.latencyNanos(from, to);
        }

        @Override
        public double bandwidthBytesPerSecond(int from, int to) {
            return links.bandwidthBytesPerSecond(from, to);
        }

        @Override
        public double lossProbability(int from, int to) {
            return links.lossProbability(from, to);
        }

        @Override
        public double jitterFraction(int from, int to) {
            return links.jitterFraction(from, to);
        }

        @Override
        public Regions regions() {
            return new Regions(2, endpoint -> endpoint & 1, (from, to) -> LEAST_NANOS);
        }

        @Override
        public long leastNanos() {
            return LEAST_NANOS;
        }
    }

    private static Simulation<Rambler> system(long seed, int throwing, Topology links) {
        return new Simulation<>(
                new SimulationSettings<>(
                        MACHINE,
                        List.of((int) seed, BUSY, throwing, 0, true),
                        NodeRange.of(1, links.size()),
                        links,
                        seed,
                        seed,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), MACHINE));
    }

    private static List<String> live(Simulation<Rambler> simulation, long seed) {
        RandomStream random = RandomStream.of(seed, "calls");
        simulation.at(Duration.ZERO, () -> simulation.nodes().forEach(simulation::start));
        for (int call = 0; call < 2 * BUSY; call++) {
            NodeId node = NodeId.of(1 + random.nextInt(BUSY));
            int way = random.nextInt(5);
            simulation.at(Duration.ofMillis(random.nextInt(200)), () -> simulation.call(node, "go", List.of(way)));
        }
        List<String> seen = new ArrayList<>();
        for (int step = 1; step <= 4; step++) {
            simulation.runUntil(Duration.ofMillis(100L * step));
            seen.add(simulation.digest() + " " + simulation.events() + " " + simulation.now());
        }
        for (int node = 1; node <= BUSY; node++) {
            seen.add(
                    MACHINE.describe((Rambler) simulation.state(NodeId.of(node)).orElseThrow()));
        }
        seen.addAll(simulation.failures());
        return seen;
    }

    private static EvenLinks links(long seed) {
        return new EvenLinks(Departures.LEAST_NODES, LEAST_NANOS, seed % 2 == 0 ? 0 : 0.5, 0.05);
    }

    @Test
    void whatIsPostponedIsNotNoticed() {
        long events = 0;
        for (long seed = 0; seed < 4; seed++) {
            Simulation<Rambler> atOnce = system(seed, 0, links(seed));
            Simulation<Rambler> later = system(seed, 0, new Bounded(links(seed)));
            assertEquals(live(atOnce, seed), live(later, seed), "seed " + seed);
            events += later.events();
        }
        assertTrue(events > 20_000, events + " events are too few to mean anything");
    }

    @Test
    void norAmongSeveralWorkers() {
        for (long seed = 0; seed < 2; seed++) {
            List<String> alone = live(system(seed, 0, links(seed)), seed);
            Simulation<Rambler> later = system(seed, 0, new Bounded(links(seed)));
            assertEquals(Optional.empty(), later.useWorkers(2, HELPERS));
            assertEquals(alone, live(later, seed), "seed " + seed);
        }
    }

    @Test
    void norWhereAHandlerThrowsMeanwhile() {
        for (long seed = 1; seed <= 3; seed++) {
            Simulation<Rambler> later = system(seed, 10, new Bounded(links(seed)));
            Simulation<Rambler> atOnce = system(seed, 10, links(seed));
            assertEquals(liveUntilThrown(atOnce), liveUntilThrown(later), "seed " + seed);
            assertFalse(later.failures().isEmpty(), "no handler has thrown");
        }
    }

    /** What is under way is told to the runtimes, with what was postponed. */
    private static List<String> liveUntilThrown(Simulation<Rambler> simulation) {
        simulation.at(Duration.ZERO, () -> simulation.nodes().forEach(simulation::start));
        for (int node = 1; node <= BUSY; node++) {
            NodeId busy = NodeId.of(node);
            simulation.at(Duration.ofMillis(node), () -> {
                if (simulation.isUp(busy)) {
                    simulation.call(busy, "go", List.of(1));
                }
            });
        }
        simulation.runUntil(Duration.ofMillis(BUSY));
        List<String> seen = new ArrayList<>(simulation.failures());
        seen.add(simulation.digest() + " " + simulation.events());
        return seen;
    }
}
