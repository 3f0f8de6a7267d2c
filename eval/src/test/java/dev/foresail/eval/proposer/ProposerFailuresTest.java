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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Replicas that die, come back, and are cut off: nothing that was chosen is lost, and those that are there go on. */
final class ProposerFailuresTest {
    private static final Duration NOTICED = Duration.ofMillis(500);
    private static final List<NodeId> FIVE =
            LongStream.rangeClosed(1, 5).mapToObj(NodeId::of).toList();

    /** Clients of all replicas ask for something all the time; what the exposed form chooses is drawn. */
    private static final class Play<S extends Replica> {
        final Simulation<S> simulation;
        final PropertyWatch<S> watch;

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
            watch = new PropertyWatch<>(simulation, 3);
            simulation.onHandled(watch);
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
            return this;
        }

        Replica replica(NodeId id) {
            return (Replica) simulation.state(id).orElseThrow();
        }

        /** All that are up have executed something, and no client of theirs waits. */
        void assertAllIsExecuted() {
            SortedMap<NodeId, String> told = new TreeMap<>();
            for (NodeId id : FIVE) {
                if (simulation.isUp(id)) {
                    Replica replica = replica(id);
                    assertTrue(replica.executed > 100, () -> id + " has executed " + replica.executed);
                    told.put(id, replica.waiting.isEmpty() ? "nobody waits" : "waiting: " + replica.waiting);
                }
            }
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

    @Test
    void whateverFailsReplicasAgree() {
        FORMS.forEach((name, machine) -> {
            for (long seed = 1; seed <= 2; seed++) {
                Play<?> play = new Play<>(machine, seed, Duration.ofSeconds(35));
                RandomGenerator random = RandomStream.of(seed, "what fails");
                for (int fault = 0; fault < 12; fault++) {
                    NodeId one = FIVE.get(random.nextInt(5));
                    NodeId other = FIVE.get(random.nextInt(5));
                    Duration time = Duration.ofMillis(1_000 + random.nextInt(20_000));
                    Duration lasting = Duration.ofMillis(500 + random.nextInt(7_000));
                    switch (random.nextInt(4)) {
                        case 0 ->
                            play.at(time, () -> {
                                if (play.simulation.isUp(one)) {
                                    play.simulation.crash(one, NOTICED);
                                    play.at(time.plus(lasting), () -> play.simulation.restart(one));
                                }
                            });
                        case 1 ->
                            play.at(time, () -> {
                                if (!one.equals(other)) {
                                    play.simulation.cut(one, other, lasting, NOTICED);
                                }
                            });
                        case 2 ->
                            play.at(time, () -> {
                                if (play.simulation.isUp(one)) {
                                    play.simulation.pause(one, lasting);
                                }
                            });
                        default ->
                            play.at(time, () -> {
                                if (!one.equals(other)) {
                                    play.simulation.breakConnection(one, other);
                                }
                            });
                    }
                }
                play.runUntil(Duration.ofSeconds(70));
                play.assertAllIsExecuted();
            }
        });
    }
}
