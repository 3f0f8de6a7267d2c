package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.Resolvers;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** The same scenarios, live and simulated. */
final class LiveStageTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final TallyMachine machine = new TallyMachine();

    private static List<NodeId> ids(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(NodeId::of).toList();
    }

    private LiveStage<Tally> live(ResolverSettings resolver, long latencyNanos) {
        return new LiveStage<>(new LiveStageSettings<>(
                machine,
                List.of(10L),
                ids(3),
                new UniformTopology(3, latencyNanos),
                1,
                2,
                resolver,
                NodeSettings.DEFAULT.withIsolateFailures(true),
                1,
                SteeringMode.OFF));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /** Everybody sends numbers to everybody, one node crashes and comes back, and it goes on. */
    private static void talkCrashAndTalk(Stage stage, SortedMap<NodeId, List<String>> histories) {
        stage.nodes().forEach(stage::start);
        stage.at(millis(100), () -> burst(stage, 20));
        stage.at(millis(1500), () -> stage.crash(TWO, millis(200)));
        stage.at(millis(2400), () -> stage.restart(TWO));
        stage.at(millis(2800), () -> burst(stage, 30));
        stage.at(millis(4500), () -> {
            for (NodeId node : stage.nodes()) {
                histories.put(node, ((Tally) stage.state(node).orElseThrow()).history());
            }
            stage.record(
                    "heard", histories.values().stream().mapToInt(List::size).sum());
            stage.finish();
        });
    }

    private static void burst(Stage stage, long count) {
        for (NodeId from : stage.nodes()) {
            for (NodeId to : stage.nodes()) {
                if (!from.equals(to)) {
                    stage.call(from, "burst", List.of(to, count));
                }
            }
        }
    }

    private static List<String> channel(SortedMap<NodeId, List<String>> histories, NodeId at, NodeId from) {
        return histories.getOrDefault(at, List.of()).stream()
                .filter(entry -> entry.startsWith(from.toString()))
                .toList();
    }

    @Test
    @Execution(CONCURRENT)
    void liveAndSimulatedChannelsCarryTheSame() {
        ResolverSettings first = ResolverSettings.policy(ResolverSettings.Kind.FIRST);
        SortedMap<NodeId, List<String>> liveHistories = new TreeMap<>();
        LiveOutcome outcome = live(first, 5_000_000)
                .play(new Played(stage -> talkCrashAndTalk(stage, liveHistories)), List.of(), Duration.ofSeconds(30));
        SortedMap<NodeId, List<String>> simulatedHistories = new TreeMap<>();
        Simulation<Tally> simulation = simulation(first);
        simulation.at(Duration.ZERO, () -> talkCrashAndTalk(simulation, simulatedHistories));
        simulation.runUntil(Duration.ofSeconds(30));

        for (NodeId at : ids(3)) {
            for (NodeId from : ids(3)) {
                assertEquals(
                        channel(simulatedHistories, at, from),
                        channel(liveHistories, at, from),
                        () -> "what " + at + " heard of " + from);
            }
        }
        assertEquals(List.of(), outcome.failures());
        assertEquals(simulation.records(), outcome.records());
        assertTrue(outcome.finished());
        assertEquals(2 * 3 * 20 + 2 * 3 * 30, outcome.messagesSent());
    }

    private Simulation<Tally> simulation(ResolverSettings resolver) {
        return new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(10L),
                        ids(3),
                        new UniformTopology(3, 5_000_000),
                        1,
                        2,
                        NodeSettings.DEFAULT.withIsolateFailures(true),
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                (self, clock, surroundings, seed) -> Resolvers.create(resolver, machine, surroundings, clock, seed));
    }

    @Test
    @Execution(CONCURRENT)
    void aCrashIsNoticedAsLateAsTheScenarioSays() {
        List<String> early = new ArrayList<>();
        List<String> late = new ArrayList<>();
        live(ResolverSettings.policy(ResolverSettings.Kind.FIRST), 1_000_000)
                .play(
                        new Played(stage -> {
                            stage.nodes().forEach(stage::start);
                            stage.at(millis(50), () -> stage.call(ONE, "ask", List.of(TWO, 1L)));
                            stage.at(millis(2000), () -> stage.crash(TWO, millis(2000)));
                            stage.at(millis(2300), () -> {
                                stage.call(ONE, "ask", List.of(TWO, 2L));
                                stage.call(THREE, "ask", List.of(TWO, 2L));
                            });
                            stage.at(millis(2600), () -> early.addAll(history(stage, ONE)));
                            stage.at(millis(5000), () -> {
                                late.addAll(history(stage, ONE));
                                late.addAll(history(stage, THREE));
                                stage.finish();
                            });
                        }),
                        List.of(),
                        Duration.ofSeconds(30));
        assertEquals(List.of("started", "n2:1"), early);
        assertEquals(List.of("started", "n2:1", "n2 lost", "started", "n2 lost"), late);
    }

    private static List<String> history(Stage stage, NodeId node) {
        return ((Tally) stage.state(node).orElseThrow()).history();
    }

    @Test
    @Execution(CONCURRENT)
    void choicesArePredictedOnALiveNode() {
        ResolverSettings predicted = ResolverSettings.predicted(objective());
        LiveOutcome outcome = live(predicted, 1_000_000)
                .play(
                        new Played(stage -> {
                            stage.nodes().forEach(stage::start);
                            stage.at(millis(50), () -> {
                                stage.call(ONE, "meet", List.of(TWO));
                                stage.call(ONE, "meet", List.of(THREE));
                            });
                            for (long value = 1; value <= 50; value++) {
                                long number = value;
                                stage.at(millis(500 + 20 * value), () -> stage.call(ONE, "spread", List.of(number)));
                            }
                            stage.at(millis(2500), stage::finish);
                        }),
                        List.of(),
                        Duration.ofSeconds(30));
        assertEquals(50, outcome.decisions().total());
        assertEquals(List.of(), outcome.failures());
        assertTrue(outcome.envelopesSent() > outcome.messagesSent());
        assertEquals(outcome.decisions().cached(), outcome.knownLatency().count());
        assertTrue(
                outcome.decisions().predicted() > 0, () -> outcome.decisions().toString());
    }

    @Test
    void aSnapshotHasWhatIsOnTheWire() {
        List<SystemSnapshot<Tally>> taken = new ArrayList<>();
        LiveStage<Tally> live = live(ResolverSettings.predicted(objective()), 400_000_000);
        LiveOutcome outcome = live.play(
                new Played(stage -> {
                    stage.nodes().forEach(stage::start);
                    stage.at(millis(50), () -> stage.call(ONE, "meet", List.of(TWO)));
                    stage.at(millis(100), () -> stage.call(ONE, "burst", List.of(TWO, 5L)));
                    stage.at(millis(200), () -> live.snapshot(3).ifPresent(taken::add));
                    stage.at(
                            millis(250),
                            () -> whenReceived(stage, 5, () -> {
                                live.snapshot(3).ifPresent(taken::add);
                                stage.finish();
                            }));
                }),
                List.of(),
                Duration.ofSeconds(30));
        assertTrue(outcome.finished());
        assertEquals(2, taken.size());
        List<SystemSnapshot.Flight> flights = taken.get(0).flights();
        assertEquals(1, flights.size(), flights::toString);
        assertEquals(
                List.of(ONE, TWO), List.of(flights.get(0).from(), flights.get(0).to()));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L),
                flights.get(0).messages().stream()
                        .map(sent -> ((Tally.Figure) sent.message()).value())
                        .toList());
        assertEquals(List.of(), taken.get(1).flights());
        assertEquals(ids(3), List.copyOf(taken.get(1).nodes().keySet()));
        Tally there = taken.get(1).nodes().get(TWO).checkpoint().state();
        assertEquals(5, there.received());
    }

    private static void whenReceived(Stage stage, long count, Runnable then) {
        boolean received = stage.state(TWO)
                .filter(state -> ((Tally) state).received() >= count)
                .isPresent();
        stage.at(stage.now().plus(millis(20)), received ? then : () -> whenReceived(stage, count, then));
    }

    private static Objective objective() {
        return Objective.minimize("crowding", Duration.ofSeconds(1));
    }

    @Test
    void aScenarioThatThrowsEndsTheRun() {
        LiveStage<Tally> stage = live(ResolverSettings.policy(ResolverSettings.Kind.FIRST), 0);
        Scenario wrong = new Played(on -> on.restart(ONE));
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> stage.play(wrong, List.of(), Duration.ofSeconds(30)));
        assertTrue(String.valueOf(failure.getMessage()).contains("played"), failure::getMessage);
    }

    /** What an overdue action asked for, for a time that was over as well, came after everything else that was overdue. */
    @Test
    void whatIsOverdueIsDoneInTheOrderOfItsTimes() {
        List<String> done = new ArrayList<>();
        LiveOutcome outcome = live(ResolverSettings.policy(ResolverSettings.Kind.FIRST), 0)
                .play(
                        new Played(stage -> {
                            stage.at(millis(20), () -> stall(millis(60)));
                            stage.at(millis(30), () -> {
                                done.add("first");
                                stage.at(millis(40), () -> done.add("second"));
                            });
                            stage.at(millis(50), () -> done.add("third"));
                            stage.at(millis(60), stage::finish);
                        }),
                        List.of(),
                        Duration.ofSeconds(30));
        assertEquals(List.of("first", "second", "third"), done);
        assertTrue(outcome.longestLateness().compareTo(millis(40)) >= 0, outcome::toString);
    }

    private static void stall(Duration time) {
        long endNanos = RealClock.nanos() + time.toNanos();
        while (RealClock.nanos() < endNanos) {
            LockSupport.parkNanos(endNanos - RealClock.nanos());
        }
    }

    @Test
    void aRunEndsAtItsLimit() {
        LiveOutcome outcome = live(ResolverSettings.policy(ResolverSettings.Kind.FIRST), 0)
                .play(new Played(stage -> stage.nodes().forEach(stage::start)), List.of(), millis(100));
        assertTrue(!outcome.finished());
    }
}
