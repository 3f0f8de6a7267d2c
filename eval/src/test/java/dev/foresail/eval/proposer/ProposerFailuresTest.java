package dev.foresail.eval.proposer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replicas that die, come back, and are cut off: nothing that was chosen is lost, and those that are there go on. */
final class ProposerFailuresTest {
    private static final Duration NOTICED = Duration.ofMillis(500);
    /** Faults begin until 15 s, and last for less than 6.2 s. */
    private static final Duration HEALED = Duration.ofMillis(21_200);

    /** Since then, or since they asked, clients wait for so long at most, in virtual time. */
    private static final Duration ANSWERED = Duration.ofSeconds(25);

    private static final List<NodeId> FIVE =
            LongStream.rangeClosed(1, 5).mapToObj(NodeId::of).toList();

    /** Clients of all replicas ask for something all the time; what the exposed form chooses is drawn. */
    private static final class Play<S extends Replica> {
        final Simulation<S> simulation;
        final PropertyWatch<S> watch;
        final CommandHistory history;

        Play(Machine<S> machine, long seed, Duration until) {
            simulation = new Simulation<>(
                    new SimulationSettings<>(
                            machine,
                            ParameterValues.read(machine.parameters(), Map.of()),
                            FIVE,
                            SyntheticWideArea.generate(FIVE.size(), seed),
                            seed,
                            seed,
                            NodeSettings.DEFAULT,
                            SimulationSettings.DEFAULT_PREDICTION_COST),
                    ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), machine));
            watch = new PropertyWatch<>(simulation, 25);
            history = new CommandHistory(simulation, FIVE.size());
            simulation.onHandled((node, event) -> {
                watch.handled(node, event);
                history.handled(node, event);
            });
            FIVE.forEach(simulation::start);
            long millis = 100;
            for (long operation = 1; millis < until.toMillis(); operation++, millis += 110) {
                NodeId asked = FIVE.get((int) (operation * 7 % 5));
                long number = operation;
                simulation.at(Duration.ofMillis(millis), () -> {
                    if (simulation.isUp(asked)) {
                        simulation.call(asked, "submit", List.of(number));
                    }
                });
            }
        }

        Play<S> at(Duration time, Runnable action) {
            simulation.at(time, action);
            return this;
        }

        Play<S> runUntil(Duration time) {
            simulation.runUntil(time);
            assertEquals(List.of(), watch.violations());
            assertEquals(List.of(), simulation.failures());
            assertEquals(List.of(), history.mistakes());
            return this;
        }

        Replica replica(NodeId id) {
            return (Replica) simulation.state(id).orElseThrow();
        }

        /** All that are up have executed something, no client of theirs waits or was forgotten, and sessions have no gaps that nobody will fill. */
        void assertAllIsExecuted() {
            SortedMap<NodeId, String> told = new TreeMap<>();
            for (NodeId id : FIVE) {
                if (simulation.isUp(id)) {
                    Replica replica = replica(id);
                    assertTrue(replica.executed() > 100, () -> id + " has executed " + replica.executed());
                    told.put(id, replica.waiting.isEmpty() ? "nobody waits" : "waiting: " + replica.waiting);
                    replica.executed.sessions().forEach((origin, session) -> {
                        if (simulation.isUp(origin)) {
                            assertEquals(Set.of(), session.above(), () -> id + " of the commands of " + origin);
                        }
                    });
                }
            }
            assertEquals(List.of(), history.lost());
            told.values().forEach(text -> assertEquals("nobody waits", text, told::toString));
        }
    }

    private static final Map<String, Machine<? extends Replica>> FORMS = new TreeMap<>(Map.of(
            "fixed leader", new FixedLeaderMachine(),
            "Mencius", new MenciusMachine(),
            "exposed", new ExposedProposerMachine()));

    @Test
    void aReplicaThatDiesMidWayIsReplaced() {
        FORMS.forEach((name, machine) -> {
            for (long seed = 1; seed <= 1; seed++) {
                Play<?> play = new Play<>(machine, seed, Duration.ofSeconds(15));
                play.at(Duration.ofMillis(5_000 + 13 * seed), () -> play.simulation.crash(FIVE.get(0), NOTICED))
                        .runUntil(Duration.ofSeconds(40))
                        .assertAllIsExecuted();
            }
        });
    }

    @Test
    void whoWasSilentAndComesBackGoesOn() {
        FORMS.forEach((name, machine) -> {
            for (long seed = 1; seed <= 1; seed++) {
                Play<?> play = new Play<>(machine, seed, Duration.ofSeconds(30));
                play.at(Duration.ofSeconds(5), () -> play.simulation.pause(FIVE.get(0), Duration.ofSeconds(15)))
                        .runUntil(Duration.ofSeconds(50))
                        .assertAllIsExecuted();
            }
        });
    }

    /** Which TCP excludes, and {@code --faults duplicating} does not. */
    @Test
    void messagesThatComeTwiceSayNothingNew() {
        for (long seed = 1; seed <= 1; seed++) {
            Play<?> play = new Play<>(new ExposedProposerMachine(), seed, Duration.ofSeconds(15));
            for (NodeId one : FIVE) {
                FIVE.stream()
                        .filter(other -> other.value() > one.value())
                        .forEach(other -> play.simulation.duplicating(one, other, 0.5, Duration.ofSeconds(15)));
            }
            play.runUntil(Duration.ofSeconds(40)).assertAllIsExecuted();
        }
    }

    /** Every command that a client waits for in the end is answered, is chosen by a majority, and executed once by all in the same order. */
    @ParameterizedTest
    @CsvSource({"fixed leader, 3", "Mencius, 2", "exposed, 4"})
    void whateverFailsEveryCommandIsAnsweredAndExecutedOnce(String form, int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            Play<?> play = new Play<>(Objects.requireNonNull(FORMS.get(form)), seed, Duration.ofSeconds(25));
            fail(play, RandomStream.of(seed, "what fails"), seed % 2 == 0 ? 8 : 18);
            play.at(HEALED, play.history::healed)
                    .runUntil(Duration.ofSeconds(50))
                    .assertAllIsExecuted();
            assertTrue(play.history.longestNanos() <= ANSWERED.toNanos(), form);
        }
    }

    private static void fail(Play<?> play, RandomGenerator random, int faults) {
        for (int fault = 0; fault < faults; fault++) {
            Duration time = Duration.ofMillis(1_000 + random.nextInt(14_000));
            Duration lasting = Duration.ofMillis(200 + random.nextInt(6_000));
            int kind = random.nextInt(6);
            NodeId one = FIVE.get(random.nextInt(5));
            NodeId other = FIVE.get((int) (one.value() + random.nextInt(4)) % 5);
            play.at(time, () -> fail(play, kind, one, other, lasting));
        }
    }

    private static void fail(Play<?> play, int kind, NodeId one, NodeId other, Duration lasting) {
        Simulation<?> simulation = play.simulation;
        switch (kind) {
            case 0 -> {
                if (simulation.isUp(one)) {
                    simulation.crash(one, NOTICED);
                    play.at(simulation.now().plus(lasting), () -> simulation.restart(one));
                }
            }
            case 1 -> simulation.cut(one, other, lasting, NOTICED);
            case 2 -> simulation.pause(one, lasting);
            case 3 -> simulation.breakConnection(one, other);
            case 4 -> simulation.cutOneWay(one, other, lasting);
            default -> {
                List<NodeId> few = List.of(one, other);
                List<NodeId> most =
                        FIVE.stream().filter(id -> !few.contains(id)).toList();
                simulation.partition(List.of(few, most), lasting);
            }
        }
    }
}
