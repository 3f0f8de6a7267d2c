package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.LinkChange;
import dev.foresail.network.topology.Links;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.network.topology.VaryingTopology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.Resolvers;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** The same faults, live and simulated: every node hears and notices the same of every other. */
final class LiveFaultsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final List<NodeId> NODES = List.of(ONE, TWO, THREE);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ResolverSettings FIRST = ResolverSettings.policy(ResolverSettings.Kind.FIRST);

    private static final Topology EVEN = new UniformTopology(3, 5_000_000);

    private final TallyMachine machine = new TallyMachine();

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private LiveOutcome live(Played played) {
        return stage().play(played, List.of(), LIMIT);
    }

    private LiveStage<Tally> stage() {
        return stage(EVEN);
    }

    private LiveStage<Tally> stage(Topology topology) {
        return new LiveStage<>(new LiveStageSettings<>(
                machine,
                List.of(10L),
                NODES,
                topology,
                1,
                2,
                FIRST,
                NodeSettings.DEFAULT.withIsolateFailures(true),
                1,
                SteeringMode.OFF));
    }

    private Simulation<Tally> simulation(Topology topology) {
        return new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(10L),
                        NODES,
                        topology,
                        1,
                        2,
                        NodeSettings.DEFAULT.withIsolateFailures(true),
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                (self, clock, surroundings, seed) -> Resolvers.create(FIRST, machine, surroundings, clock, seed));
    }

    private static void burst(Stage stage, long count) {
        for (NodeId from : NODES) {
            for (NodeId to : NODES) {
                if (!from.equals(to)) {
                    stage.call(from, "burst", List.of(to, count));
                }
            }
        }
    }

    private static void send(Stage stage, NodeId from, NodeId to, long number) {
        stage.call(from, "send", List.of(to, number));
    }

    private static List<String> history(Stage stage, NodeId at) {
        return ((Tally) stage.state(at).orElseThrow()).history();
    }

    /** What every node has heard and noticed of every other since its start. */
    private static void write(Stage stage, String when, SortedMap<String, List<String>> channels) {
        for (NodeId at : NODES) {
            for (NodeId from : NODES) {
                channels.put(
                        when + ": " + at + " of " + from,
                        history(stage, at).stream()
                                .filter(entry -> entry.startsWith(from.toString()))
                                .toList());
            }
        }
    }

    /** Plays the same twice; gives what was written, which is the same. */
    private SortedMap<String, List<String>> compared(BiConsumer<Stage, SortedMap<String, List<String>>> scenario) {
        return compared(EVEN, scenario);
    }

    private SortedMap<String, List<String>> compared(
            Topology topology, BiConsumer<Stage, SortedMap<String, List<String>>> scenario) {
        SortedMap<String, List<String>> live = new TreeMap<>();
        LiveOutcome outcome = stage(topology).play(new Played(stage -> scenario.accept(stage, live)), List.of(), LIMIT);
        assertTrue(outcome.finished());
        assertEquals(List.of(), outcome.failures());
        SortedMap<String, List<String>> simulated = new TreeMap<>();
        Simulation<Tally> simulation = simulation(topology);
        simulation.at(Duration.ZERO, () -> scenario.accept(simulation, simulated));
        simulation.runUntil(LIMIT);
        simulated.forEach((channel, heard) -> assertEquals(heard, live.get(channel), channel));
        return simulated;
    }

    private static void cutAndHeal(Stage stage, SortedMap<String, List<String>> channels) {
        NODES.forEach(stage::start);
        stage.at(millis(100), () -> burst(stage, 3));
        stage.at(millis(1_000), () -> stage.cut(ONE, TWO, millis(2_000), millis(600)));
        stage.at(millis(1_200), () -> send(stage, ONE, TWO, 100));
        stage.at(millis(2_200), () -> send(stage, ONE, TWO, 101));
        stage.at(millis(3_600), () -> write(stage, "healed", channels));
        stage.at(millis(3_700), () -> burst(stage, 2));
        stage.at(
                millis(4_500), () -> stage.partition(List.of(List.of(ONE), List.of(TWO), List.of(THREE)), millis(300)));
        stage.at(millis(5_100), () -> send(stage, THREE, TWO, 102));
        stage.at(millis(6_300), () -> burst(stage, 1));
        stage.at(millis(7_000), () -> {
            write(stage, "end", channels);
            stage.finish();
        });
    }

    @Test
    @Execution(CONCURRENT)
    void cutsLoseAndHealAlike() {
        SortedMap<String, List<String>> channels = compared(LiveFaultsTest::cutAndHeal);
        assertEquals(List.of("n2:1", "n2:2", "n2:3", "n2 lost", "n2 lost"), channels.get("healed: n1 of n2"));
        assertEquals(List.of("n1:1", "n1:2", "n1:3", "n1 lost"), channels.get("healed: n2 of n1"));
        assertEquals(List.of("n3:1", "n3:2", "n3:3"), channels.get("healed: n2 of n3"));
        assertEquals(List.of("n3:1", "n3:2", "n3:3", "n3:1", "n3:2", "n3 lost", "n3:1"), channels.get("end: n2 of n3"));
    }

    private static void sendThroughTheScript(Stage stage, SortedMap<String, List<String>> channels) {
        // Not while the other tests start theirs.
        stage.at(millis(2_000), () -> NODES.forEach(stage::start));
        stage.at(millis(2_100), () -> burst(stage, 1));
        stage.at(millis(3_200), () -> send(stage, ONE, TWO, 100));
        stage.at(millis(3_700), () -> send(stage, ONE, THREE, 101));
        stage.at(millis(4_400), () -> write(stage, "failed", channels));
        stage.at(millis(4_500), () -> send(stage, TWO, ONE, 102));
        stage.at(millis(4_600), () -> send(stage, TWO, THREE, 103));
        stage.at(millis(5_000), () -> write(stage, "congested", channels));
        stage.at(millis(5_800), () -> {
            write(stage, "end", channels);
            stage.finish();
        });
    }

    @Test
    @Execution(CONCURRENT)
    void linksFollowTheTopologysScriptAlike() {
        long milli = 1_000_000;
        Topology scripted = new VaryingTopology(
                EVEN,
                List.of(
                        new LinkChange.Failure(Links.between(List.of(0), List.of(1)), 3_000 * milli, 4_200 * milli),
                        new LinkChange.RouteChange(
                                Links.between(List.of(1), List.of(2)),
                                4_550 * milli,
                                OptionalLong.of(700 * milli),
                                1)));
        SortedMap<String, List<String>> channels = compared(scripted, LiveFaultsTest::sendThroughTheScript);
        assertEquals(List.of("n2:1", "n2 lost"), channels.get("failed: n1 of n2"));
        assertEquals(List.of("n1:1", "n1 lost"), channels.get("failed: n2 of n1"));
        assertEquals(List.of("n1:1", "n1:101"), channels.get("failed: n3 of n1"));
        assertEquals(List.of("n2:1", "n2 lost", "n2:102"), channels.get("congested: n1 of n2"), "it has healed");
        assertEquals(List.of("n2:1"), channels.get("congested: n3 of n2"), "it takes 700 ms now");
        assertEquals(List.of("n2:1", "n2:103"), channels.get("end: n3 of n2"));
    }

    private static void breakPauseAndReset(Stage stage, SortedMap<String, List<String>> channels) {
        NODES.forEach(stage::start);
        stage.at(millis(100), () -> burst(stage, 2));
        stage.at(millis(1_100), () -> stage.breakConnection(ONE, TWO));
        stage.at(millis(1_500), () -> burst(stage, 1));
        stage.at(millis(2_000), () -> stage.pause(THREE, millis(1_500)));
        stage.at(millis(2_100), () -> burst(stage, 3));
        stage.at(millis(2_800), () -> write(stage, "paused", channels));
        stage.at(millis(4_500), () -> stage.silentReset(TWO));
        stage.at(millis(5_000), () -> send(stage, ONE, TWO, 100));
        stage.at(millis(5_600), () -> write(stage, "reset", channels));
        stage.at(millis(5_700), () -> send(stage, THREE, TWO, 101));
        stage.at(millis(6_300), () -> burst(stage, 1));
        stage.at(millis(7_000), () -> stage.crash(TWO, millis(200)));
        stage.at(millis(7_800), () -> stage.restartAnew(TWO));
        stage.at(millis(8_300), () -> burst(stage, 1));
        stage.at(millis(9_000), () -> {
            write(stage, "end", channels);
            channels.put("start", history(stage, TWO).subList(0, 1));
            stage.finish();
        });
    }

    @Test
    @Execution(CONCURRENT)
    void breaksPausesAndResetsAreAlike() {
        SortedMap<String, List<String>> channels = compared(LiveFaultsTest::breakPauseAndReset);
        assertEquals(
                List.of("n2:1", "n2:2", "n2 lost", "n2:1", "n2:1", "n2:2", "n2:3"), channels.get("paused: n1 of n2"));
        assertEquals(List.of("n2:1", "n2:2", "n2:1"), channels.get("paused: n3 of n2"), "it can be asked meanwhile");
        assertTrue(channels.get("reset: n1 of n2").toString().endsWith("n2 lost]"), "used, so noticed");
        assertTrue(channels.get("reset: n3 of n2").toString().endsWith("n2:3]"), "not used, so not noticed");
        assertEquals(List.of("started"), channels.get("start"));
    }

    @Test
    @Execution(CONCURRENT)
    void aPausedNodeCanBeEnded() {
        LiveOutcome outcome = live(new Played(stage -> {
            NODES.forEach(stage::start);
            stage.at(millis(200), () -> stage.pause(ONE, Duration.ofHours(1)));
            stage.at(millis(300), () -> stage.crash(ONE, Duration.ZERO));
            stage.at(millis(400), () -> stage.restart(ONE));
            stage.at(millis(500), () -> send(stage, ONE, TWO, 1));
            stage.at(millis(1_500), () -> {
                stage.record("heard", history(stage, TWO).contains("n1:1") ? 1 : 0);
                stage.pause(THREE, Duration.ofHours(1));
                stage.finish();
            });
        }));
        assertTrue(outcome.finished());
        assertEquals(1.0, outcome.records().get("heard"));
    }

    @Test
    @Execution(CONCURRENT)
    void aNodeThatIsDownCanBeCutFromOthers() {
        SortedMap<String, List<String>> channels = compared((stage, written) -> {
            NODES.forEach(stage::start);
            stage.at(millis(100), () -> burst(stage, 1));
            stage.at(millis(2_500), () -> stage.crash(TWO, millis(100)));
            stage.at(millis(5_500), () -> stage.breakConnection(ONE, TWO));
            stage.at(millis(5_600), () -> stage.cut(ONE, TWO, millis(500), millis(100)));
            stage.at(millis(6_500), () -> stage.restart(TWO));
            stage.at(millis(7_000), () -> send(stage, ONE, TWO, 100));
            stage.at(millis(8_500), () -> {
                write(stage, "end", written);
                stage.finish();
            });
        });
        assertEquals(List.of("n2:1", "n2 lost"), channels.get("end: n1 of n2"));
    }
}
