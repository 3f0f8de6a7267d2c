package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.Regions;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.fixture.Crier;
import dev.foresail.predictor.fixture.CrierMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.Rambler;
import dev.foresail.predictor.fixture.RamblerMachine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Nobody can tell whether what nodes have sent goes on its way at once or a little later, with what others have sent. */
class DeparturesTest {
    private static final RamblerMachine MACHINE = new RamblerMachine();
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool();
    /** Who does anything, of all nodes; enough that more is sent in a least latency than is postponed at once. */
    private static final int BUSY = 400;

    private static final int CRIERS = 5;
    private static final NodeId ONE = NodeId.of(1);
    private static final long LEAST_NANOS = 20_000_000L;

    @AfterAll
    static void letGo() {
        HELPERS.shutdownNow();
    }

    /**
     * Links that say what their least latency is.
     *
     * @param touched is told when an endpoint is looked at beforehand
     */
    private record Bounded(EvenLinks links, long leastNanos, Runnable touched) implements Topology {
        Bounded(EvenLinks links) {
            this(links, LEAST_NANOS, () -> {});
        }

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
        public long touch(int endpoint) {
            touched.run();
            return 0;
        }
    }

    private static Simulation<Rambler> system(long seed, int throwing, Topology links) {
        return system(MACHINE, List.of((int) seed, BUSY, throwing, 0, true), seed, links);
    }

    private static Simulation<Crier> criers(Topology links) {
        return system(new CrierMachine(), List.of(), 1, links);
    }

    private static <S> Simulation<S> system(Machine<S> machine, List<Object> parameters, long seed, Topology links) {
        return new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        parameters,
                        NodeRange.of(1, links.size()),
                        links,
                        seed,
                        seed,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), machine));
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
            assertEquals(0, postponed(atOnce));
            assertTrue(postponed(later) > 1_000, () -> postponed(later) + " were postponed");
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
            assertTrue(postponed(later) > 1_000, () -> postponed(later) + " were postponed");
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

    private static long postponed(Simulation<?> simulation) {
        return Objects.requireNonNull(simulation.plain(), "nodes have runtimes").postponed();
    }

    /** Each cries to more than are postponed at a time. */
    private static void cry(Simulation<Crier> simulation) {
        simulation.at(Duration.ZERO, () -> simulation.nodes().forEach(simulation::start));
        for (int node = 1; node <= CRIERS; node++) {
            NodeId crier = NodeId.of(node);
            simulation.at(Duration.ofMillis(1), () -> simulation.call(crier, "cryTo", List.of(100)));
        }
    }

    private static List<String> tellOf(Simulation<Crier> simulation) {
        List<String> told = new ArrayList<>();
        simulation.onHandled((node, event) -> told.add(simulation.now() + " " + node + " " + event));
        return told;
    }

    @Test
    void norWhereOneHandlerSendsVeryManyAndANodeCrashesMeanwhile() {
        List<List<String>> seen = new ArrayList<>();
        for (Topology links : List.of(links(1), new Bounded(links(1)))) {
            Simulation<Crier> simulation = criers(links);
            List<String> told = tellOf(simulation);
            cry(simulation);
            simulation.at(Duration.ofMillis(1), () -> simulation.call(ONE, "cryTo", List.of(3_000)));
            simulation.at(Duration.ofMillis(45), () -> simulation.crash(NodeId.of(7), Duration.ofMillis(10)));
            simulation.runUntil(Duration.ofMillis(40));
            assertEquals(links instanceof Bounded, postponed(simulation) > 3_000);
            simulation.runUntil(Duration.ofSeconds(2));
            assertFalse(simulation.hasPlainNodes());
            told.add(simulation.digest());
            seen.add(told);
        }
        assertEquals(seen.get(0), seen.get(1));
    }

    @Test
    void norWhereWhoWatchesCrashesANodeMeanwhile() {
        for (int crier = 2; crier <= 3; crier++) {
            List<String> atOnce = liveUntilCrashed(criers(links(1)), crier);
            assertEquals(atOnce, liveUntilCrashed(criers(new Bounded(links(1))), crier), "crier " + crier);
        }
    }

    /** A node crashes as some have cried, and what they have cried is not on its way. */
    private static List<String> liveUntilCrashed(Simulation<Crier> simulation, int cried) {
        List<String> told = new ArrayList<>();
        AtomicInteger timers = new AtomicInteger();
        simulation.onHandled((node, event) -> {
            told.add(simulation.now() + " " + node + " " + event);
            if (event instanceof Event.TimerFired && timers.incrementAndGet() == cried) {
                assertTrue(simulation.hasPlainNodes());
                simulation.crash(NodeId.of(50), Duration.ofMillis(30));
            }
        });
        cry(simulation);
        simulation.runUntil(Duration.ofSeconds(1));
        assertFalse(simulation.hasPlainNodes());
        told.add(simulation.digest());
        return told;
    }

    @Test
    void whoCallsNobodyIsToldInTheSameOrder() {
        List<List<String>> seen = new ArrayList<>();
        for (Topology links : List.of(links(1), new Bounded(links(1)))) {
            Simulation<Crier> simulation = criers(links);
            simulation.at(Duration.ZERO, () -> simulation.nodes().forEach(simulation::start));
            simulation.at(Duration.ZERO, () -> simulation.call(ONE, "callNobody", List.of(NodeId.of(100_000))));
            simulation.runUntil(Duration.ofMillis(100));
            seen.add(tellOf(simulation));
            simulation.runUntil(Duration.ofSeconds(1));
        }
        assertEquals(2, seen.get(0).size());
        assertTrue(seen.get(0).get(0).contains("wait"), seen::toString);
        assertEquals(seen.get(0), seen.get(1));
    }

    @Test
    void aNetworkThatIsFasterThanItPromisesIsNoticed() {
        Simulation<Crier> simulation = criers(new Bounded(links(0), LEAST_NANOS + 1, () -> {}));
        cry(simulation);
        String noticed = assertThrows(IllegalStateException.class, () -> simulation.runUntil(Duration.ofSeconds(1)))
                .getMessage();
        assertTrue(noticed.contains("takes 20000000 ns, and the network promises 20000001"), noticed);
    }

    @Test
    void whoHasSentLastIsNamedWhereMemoryEndsMeanwhile() {
        Simulation<Crier> simulation = criers(new Bounded(links(0), LEAST_NANOS, () -> {
            throw new OutOfMemoryError("as a test wants it");
        }));
        cry(simulation);
        RunawayException thrown =
                assertThrows(RunawayException.class, () -> simulation.runUntil(Duration.ofSeconds(1)));
        Runaway exhausted = simulation.runaway(thrown);
        assertEquals(Runaway.OUT_OF_MEMORY, exhausted.code());
        assertEquals("n1", exhausted.node());
        assertEquals("timer cry", exhausted.event());
        assertEquals(0, simulation.pending());
        simulation.call(ONE, "cryTo", List.of(1));
    }

    @Test
    void whatAWatcherThrowsLosesNothing() {
        List<String> digests = new ArrayList<>();
        for (Topology links : List.of(links(1), new Bounded(links(1)))) {
            Simulation<Crier> simulation = criers(links);
            AtomicInteger timers = new AtomicInteger();
            simulation.onHandled((node, event) -> {
                if (event instanceof Event.TimerFired && timers.incrementAndGet() == 2) {
                    throw new ArithmeticException("as a test wants it");
                }
            });
            cry(simulation);
            assertThrows(ArithmeticException.class, () -> simulation.runUntil(Duration.ofSeconds(1)));
            simulation.call(ONE, "cryTo", List.of(3));
            while (simulation.runOne()) {
                // Until nothing is left to happen.
            }
            digests.add(simulation.digest() + " " + simulation.events());
        }
        assertEquals(digests.get(0), digests.get(1));
    }
}
