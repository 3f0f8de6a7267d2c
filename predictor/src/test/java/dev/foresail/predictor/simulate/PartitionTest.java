package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.QueuedExchange;
import dev.foresail.predictor.fixture.Rambler;
import dev.foresail.predictor.fixture.RamblerMachine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whoever partitions a run over several members sees what one process would have shown; members in other processes are threads here. */
class PartitionTest {
    private static final int NODES = 24;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final RamblerMachine MACHINE = new RamblerMachine();

    @AfterAll
    static void letGo() {
        THREADS.shutdownNow();
    }

    private static Simulation<Rambler> system(long seed, int throwing) {
        SimulationSettings<Rambler> settings = new SimulationSettings<>(
                MACHINE,
                List.of((int) seed, NODES, throwing, 0, true),
                NodeRange.of(1, NODES),
                new EvenLinks(NODES, 20_000_000L, seed % 3 == 0 ? 0 : 0.5, 0.05),
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        return new Simulation<>(
                settings, ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), MACHINE));
    }

    private static String described(Simulation<Rambler> simulation, int node) {
        return simulation
                .state(NodeId.of(node))
                .map(state -> MACHINE.describe((Rambler) state))
                .orElse("down");
    }

    /** Node 24 starts late; the application calls nodes at random times, and does what it does next by what it sees of others. */
    private static List<String> live(Simulation<Rambler> simulation, long seed) {
        RandomStream random = RandomStream.of(seed, "calls");
        List<String> seen = new ArrayList<>();
        simulation.at(
                Duration.ZERO, () -> simulation.nodes().subList(0, NODES - 1).forEach(simulation::start));
        simulation.at(Duration.ofMillis(1), () -> simulation.start(NodeId.of(NODES)));
        for (int call = 0; call < 20; call++) {
            int node = 1 + random.nextInt(NODES);
            int other = 1 + random.nextInt(NODES);
            simulation.at(Duration.ofMillis(2 + random.nextInt(800)), () -> {
                int way = Math.floorMod(described(simulation, other).hashCode(), 5);
                simulation.call(NodeId.of(node), "go", List.of(way));
                seen.add(described(simulation, node));
            });
        }
        for (int step = 1; step <= 5; step++) {
            simulation.runUntil(Duration.ofMillis(200L * step));
            seen.add(simulation.digest() + " " + simulation.events() + " " + simulation.now());
        }
        for (int node = 1; node <= NODES; node++) {
            seen.add(described(simulation, node));
            seen.add(MACHINE.describe(simulation.view().state(NodeId.of(node))));
        }
        return seen;
    }

    private interface Playing {
        List<String> play(WindowExchange exchange);
    }

    private static Playing playing(long seed, int throwing, int workers) {
        return exchange -> {
            Simulation<Rambler> simulation = system(seed, throwing);
            assertEquals(Optional.empty(), simulation.useMembers(exchange, workers, THREADS));
            List<String> seen = live(simulation, seed);
            assertEquals(workers * exchange.members(), simulation.workers());
            return seen;
        };
    }

    /** What each member has seen, or what it has thrown; nobody waits for ever. */
    private static List<Object> together(List<QueuedExchange> members, Playing playing) {
        List<Future<List<String>>> futures = new ArrayList<>();
        for (QueuedExchange exchange : members) {
            futures.add(THREADS.submit(() -> {
                // Whoever is gone does not write any more.
                try (exchange) {
                    return playing.play(exchange);
                }
            }));
        }
        return futures.stream().map(PartitionTest::ended).toList();
    }

    private static Object ended(Future<List<String>> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return failed.getCause();
        } catch (InterruptedException | TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    @Test
    void anyNumberOfMembersAndWorkersGivesTheSameRun() {
        AtomicLong letters = new AtomicLong();
        for (long seed = 0; seed < 8; seed++) {
            List<String> alone = live(system(seed, 0), seed);
            for (int members = 2; members <= 3; members++) {
                int workers = 1 + (int) (seed + members) % 2;
                List<QueuedExchange> exchanges = QueuedExchange.among(members);
                for (Object seen : together(exchanges, playing(seed, 0, workers))) {
                    assertEquals(alone, seen, "seed " + seed + ", " + members + " members, " + workers + " workers");
                }
                exchanges.forEach(exchange -> letters.addAndGet(exchange.letters()));
            }
        }
        assertTrue(letters.get() > 1_000, letters + " letters are too few to mean anything");
    }

    @Test
    void aMemberThatIsLostEndsTheRunForTheOthersWhoPlayItAgain() {
        List<String> alone = live(system(4, 0), 4);
        for (long last = 1; last < 60; last += 13) {
            long fatal = last;
            List<QueuedExchange> three = QueuedExchange.among(3, (from, number, letter) -> {
                if (from == 1 && number == fatal) {
                    throw new IllegalStateException("killed");
                }
                return letter;
            });
            List<Object> ended = together(three, playing(4, 0, 1));
            assertTrue(ended.get(1).toString().contains("killed"), () -> "thrown: " + ended.get(1));
            for (int member : new int[] {0, 2}) {
                WindowExchangeException lost =
                        assertInstanceOf(WindowExchangeException.class, ended.get(member), "letter " + fatal);
                assertEquals("FS442", lost.code());
            }
        }
        assertEquals(List.of(alone, alone), together(QueuedExchange.among(2), playing(4, 0, 1)));
    }

    @Test
    void whatWasDamagedOnItsWayIsNotTakenForATruth() {
        for (int damage = 0; damage < 40; damage++) {
            RandomStream random = RandomStream.of(damage, "damage");
            long fatal = 1L + random.nextInt(40);
            List<QueuedExchange> two = QueuedExchange.among(
                    2, (from, number, letter) -> from == 0 && number == fatal ? damaged(letter, random) : letter);
            List<Object> ended = together(two, playing(4, 0, 1));
            assertEquals("FS443", ((WindowExchangeException) ended.get(1)).code(), "damage " + damage);
            assertEquals("FS442", ((WindowExchangeException) ended.get(0)).code());
        }
    }

    private static byte[] damaged(byte[] letter, RandomStream random) {
        byte[] copy = switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(letter, random.nextInt(letter.length));
            case 1 -> Arrays.copyOf(letter, letter.length + 1 + random.nextInt(1000));
            default -> letter.clone();
        };
        if (copy.length == letter.length) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    /** Somebody who knows the checksum, too, may lie about a message, but not about what there can be. */
    @Test
    void whatCannotBeIsRefusedThoughItsChecksumIsRight() {
        int refused = 0;
        for (int lie = 0; lie < 120; lie++) {
            RandomStream random = RandomStream.of(lie, "lie");
            long fatal = 1L + random.nextInt(40);
            List<QueuedExchange> two = QueuedExchange.among(
                    2, (from, number, letter) -> from == 0 && number == fatal ? lied(letter, random) : letter);
            for (Object ended : together(two, playing(4, 0, 1))) {
                if (ended instanceof RuntimeException thrown) {
                    assertTrue(
                            thrown instanceof WindowExchangeException || thrown instanceof OneWorkerNeededException,
                            () -> "thrown: " + thrown);
                    refused++;
                } else {
                    assertInstanceOf(List.class, ended);
                }
            }
        }
        assertTrue(refused > 100, "only " + refused + " refused");
    }

    private static byte[] lied(byte[] letter, RandomStream random) {
        StateWriter out = Letter.begin(new StateWriter());
        int changed = Integer.BYTES + random.nextInt(letter.length - Integer.BYTES);
        for (int place = Integer.BYTES; place < letter.length; place++) {
            out.writeByte(place == changed ? random.nextInt(256) : letter[place]);
        }
        return Letter.end(out);
    }

    @Test
    void whatNeedsAllNodesInOneProcessIsSaidByAll() {
        int refused = 0;
        for (long seed = 0; seed < 8; seed++) {
            List<Object> ended = together(QueuedExchange.among(2), playing(seed, 30, 1));
            if (ended.get(0) instanceof OneWorkerNeededException needed) {
                assertTrue(needed.why().startsWith("a handler that threw at n"), needed.why());
                assertEquals(needed.why(), ((OneWorkerNeededException) ended.get(1)).why());
                refused++;
            } else {
                assertEquals(live(system(seed, 30), seed), ended.get(1));
            }
        }
        assertTrue(refused > 0);
        Playing withFault = exchange -> {
            Simulation<Rambler> simulation = system(2, 0);
            simulation.useMembers(exchange, 1, THREADS);
            simulation.at(Duration.ofMillis(300), () -> simulation.crash(NodeId.of(3), Duration.ZERO, Duration.ZERO));
            return live(simulation, 2);
        };
        for (Object ended : together(QueuedExchange.among(2), withFault)) {
            assertTrue(assertInstanceOf(OneWorkerNeededException.class, ended)
                    .why()
                    .contains("need runtimes"));
        }
    }

    @Test
    void membersOfDifferentRunsDoNotGoOn() {
        List<Object> seeds = together(
                QueuedExchange.among(2),
                exchange -> playing(exchange.self(), 0, 1).play(exchange));
        String told = ((Throwable) seeds.get(0)).getMessage();
        assertTrue(told.startsWith("[FS443]") && told.contains("the runs differ"), told);
        Playing otherScenario = exchange -> {
            Simulation<Rambler> simulation = system(1, 0);
            simulation.useMembers(exchange, 1, THREADS);
            simulation.at(Duration.ofMillis(100L + exchange.self()), () -> {});
            return live(simulation, 1);
        };
        for (Object ended : together(QueuedExchange.among(2), otherScenario)) {
            assertInstanceOf(WindowExchangeException.class, ended);
        }
    }

    @Test
    void allStopWhenOneWishes() {
        Playing stopping = exchange -> {
            Simulation<Rambler> simulation = system(1, 0);
            simulation.useMembers(exchange, 1, THREADS);
            List<String> seen = new ArrayList<>();
            int step = 0;
            while (!simulation.isWishedAnywhere(exchange.self() == 1 && step == 3)) {
                simulation.runUntil(Duration.ofMillis(++step));
                seen.add("step " + step);
            }
            return seen;
        };
        assertEquals(
                List.of(List.of("step 1", "step 2", "step 3"), List.of("step 1", "step 2", "step 3")),
                together(QueuedExchange.among(2), stopping));
    }

    @Test
    void itIsSaidWhyOneProcessDoesEverything() {
        List<QueuedExchange> two = QueuedExchange.among(2);
        Simulation<Rambler> withRuntimes = system(1, 0);
        withRuntimes.makeRuntimes();
        assertTrue(withRuntimes.useMembers(two.get(0), 1, THREADS).orElseThrow().contains("runtime for each node"));
        assertEquals(1, withRuntimes.workers());
        assertThrows(
                IllegalArgumentException.class,
                () -> system(1, 0).useMembers(two.get(0), Simulation.MOST_WORKERS, THREADS));
    }
}
