package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.fixture.Granary;
import dev.foresail.steering.fixture.GranaryMachine;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the nodes of a live stage are told, and who sees what they do. */
final class WatchedStageTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static <S> LiveStageSettings<S> settings(Machine<S> machine, List<Object> parameters, Topology topology) {
        return new LiveStageSettings<>(
                machine,
                parameters,
                List.of(ONE, TWO),
                topology,
                1,
                2,
                ResolverSettings.policy(ResolverSettings.Kind.FIRST),
                NodeSettings.DEFAULT,
                1,
                SteeringMode.OFF);
    }

    /** Writes down what it sees. */
    private static final class Diary implements LiveObserver<Granary> {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void handled(NodeId node, Granary state) {
            lines.add(node + " has " + state.stored());
        }

        @Override
        public void intervened(Intervention intervention, long atNanos) {
            lines.add(intervention.node() + " steers because of " + intervention.property());
        }
    }

    private static List<String> stored(SteeringMode mode) {
        Diary diary = new Diary();
        try (LiveStage<Granary> stage = new LiveStage<>(
                settings(new GranaryMachine(), List.of(), new UniformTopology(2, 0)),
                configuration -> configuration.with(mode),
                diary)) {
            LiveOutcome outcome = stage.play(new Played(WatchedStageTest::store), List.of(), LIMIT);
            assertTrue(outcome.finished());
        }
        return diary.lines;
    }

    private static void store(Stage stage) {
        stage.start(ONE);
        stage.call(ONE, "store", List.of(10));
        stage.call(ONE, "store", List.of(1));
        assertTrue(stage.state(ONE).isPresent(), "asked after the calls, so they are over");
        stage.finish();
    }

    @Test
    void anObserverSeesEachEventAndWhatSteeringDoes() {
        assertEquals(List.of("n1 has 0", "n1 has 10", "n1 has 11"), stored(SteeringMode.OFF));
        assertEquals(
                List.of("n1 has 0", "n1 has 10", "n1 steers because of isNotOverfull", "n1 has 10"),
                stored(SteeringMode.STEER));
    }

    /** Links without delay, but for what a node sends to itself. */
    private record Detour(long ownNanos) implements Topology {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public long latencyNanos(int from, int to) {
            return from == to ? ownNanos : 0;
        }

        @Override
        public double bandwidthBytesPerSecond(int from, int to) {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double lossProbability(int from, int to) {
            return 0;
        }
    }

    private static List<String> heard(Duration ownDelay, String awaited) {
        List<String> heard = new ArrayList<>();
        try (LiveStage<Tally> stage =
                new LiveStage<>(settings(new TallyMachine(), List.of(10L), new Detour(ownDelay.toNanos())))) {
            Consumer<Stage> talk = played -> {
                played.nodes().forEach(played::start);
                played.call(ONE, "send", List.of(ONE, 1L));
                played.call(TWO, "send", List.of(ONE, 2L));
                awaitHeard(played, awaited, heard);
            };
            assertTrue(stage.play(new Played(talk), List.of(), LIMIT).finished(), awaited);
        }
        return heard;
    }

    private static void awaitHeard(Stage stage, String awaited, List<String> heard) {
        List<String> history = ((Tally) stage.state(ONE).orElseThrow()).history();
        if (history.contains(awaited)) {
            heard.addAll(history);
            stage.finish();
        } else {
            stage.at(stage.now().plusMillis(10), () -> awaitHeard(stage, awaited, heard));
        }
    }

    @Test
    void whatANodeSendsToItselfTakesAsLongAsTheTopologySays() {
        assertFalse(heard(Duration.ofHours(1), "n2:2").contains("n1:1"));
        assertTrue(heard(Duration.ofMillis(50), "n1:1").contains("n1:1"));
    }
}
