package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Courier;
import dev.foresail.predictor.fixture.CourierMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.log.LogLevel;
import dev.foresail.predictor.log.LogSink;
import dev.foresail.predictor.log.LogText;
import dev.foresail.predictor.log.LoggedStep;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.scenario.LinkFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Couriers, 20 ms apart, tell what they do without having been written to. */
final class SimulatedLogTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final List<String> lines = new ArrayList<>();
    private Simulation<Courier> stage = stage();

    private static Simulation<Courier> stage() {
        return new Simulation<>(
                new SimulationSettings<>(
                        new CourierMachine(),
                        List.of(),
                        Simulations.ids(3),
                        new EvenLinks(3, 20_000_000L, 0, 0),
                        1,
                        1,
                        NodeSettings.DEFAULT.withIsolateFailures(true),
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                (self, clock, surroundings, seed) -> new ManualResolver<>(false));
    }

    private void log(Set<NodeId> nodes, LogLevel level) {
        follow(nodes, EnumSet.of(level));
        stage.nodes().forEach(stage::start);
        lines.clear();
    }

    private void follow(Set<NodeId> nodes, Set<LogLevel> levels) {
        SimulatedLog.follow(stage, new SimulatedLog.Wish(levels, nodes), new LogSink() {
            @Override
            public void step(LoggedStep step) {
                try {
                    LogText.lines(step.atNanos() / 1_000_000 + " ms", new JsonObject(LogText.object(step, 0, levels)))
                            .forEach(line -> lines.add(line.strip()));
                } catch (IOException wrong) {
                    throw new UncheckedIOException(wrong);
                }
            }

            @Override
            public void note(long atNanos, NodeId node, LogLevel level, String text) {
                lines.add(atNanos / 1_000_000 + " ms  " + text);
            }
        });
    }

    private void dispatch(NodeId from, NodeId... way) {
        stage.call(from, "dispatch", List.of(List.of(way)));
    }

    private void until(long millis) {
        stage.runUntil(Duration.ofMillis(millis));
    }

    @Test
    void eventsSayWhatTheyFollowFrom() {
        log(Set.of(), LogLevel.EVENT);
        stage.call(TWO, "tire", List.of());
        dispatch(ONE, TWO, THREE);
        until(115);
        assertEquals(
                List.of(
                        "0 ms  event 4: n2 call tire (by tire)",
                        "0 ms  event 5: n1 call dispatch (by dispatch)",
                        "20 ms  event 6: n2 message Parcel from n1 (by carry, after event 5)",
                        "70 ms  event 7: n2 timer rest (by rested, after event 6)",
                        "90 ms  event 8: n3 message Parcel from n2 (by carry, after event 7)",
                        "110 ms  event 9: n1 message Receipt from n3 (by signed, after event 8)"),
                lines);
    }

    @Test
    void whatChangesIsShownFromWhatItWas() {
        log(Set.of(), LogLevel.STATE);
        stage.call(TWO, "close", List.of(true));
        dispatch(ONE, TWO);
        until(30);
        assertEquals(List.of("0 ms  event 4: n2 call close (by close)", "n2.closed: false -> true"), lines);
    }

    @Test
    void messagesAreShownWithWhatIsInThemAndWhenTheyAreLost() {
        log(Set.of(), LogLevel.MESSAGE);
        stage.disturb(TWO, THREE, new LinkFault.Loss(1), Duration.ofSeconds(1));
        dispatch(ONE, TWO, THREE);
        until(100);
        assertEquals(
                List.of(
                        "0 ms  event 4: n1 call dispatch[[n2, n3]] (by dispatch)",
                        "sends Parcel[sender=n1, way=[n3]] to n2",
                        "20 ms  lost: Parcel[sender=n1, way=[]] from n2 to n3",
                        "20 ms  event 5: n2 receives Parcel[sender=n1, way=[n3]] from n1 (by carry, after event 4)",
                        "sends Parcel[sender=n1, way=[]] to n3"),
                sorted(lines));
    }

    /** A message may be told as lost before or after the step that sends it. */
    private static List<String> sorted(List<String> told) {
        List<String> sorted = new ArrayList<>(told);
        int lost = 0;
        while (!sorted.get(lost).contains("lost: ")) {
            lost++;
        }
        sorted.add(2, sorted.remove(lost));
        return sorted;
    }

    @Test
    void whatTheRuntimeAndTheWorldDoIsTold() {
        log(Set.of(TWO), LogLevel.GENERATED);
        stage.call(TWO, "tire", List.of());
        dispatch(ONE, TWO);
        until(30);
        stage.crash(TWO, Duration.ZERO);
        until(31);
        assertEquals(
                List.of(
                        "20 ms  event 6: n2 message Parcel from n1 (by carry, after event 5)",
                        "sets the timer rest for 0.05 s",
                        "30 ms  n2 crashes"),
                lines);
    }

    @Test
    void whatWaitsOrFailsSaysSoAndStillKnowsWhatItFollowsFrom() {
        log(Set.of(TWO), LogLevel.EVENT);
        stage.call(TWO, "close", List.of(true));
        dispatch(ONE, TWO);
        until(50);
        stage.call(TWO, "stumble", List.of());
        stage.call(TWO, "close", List.of(false));
        until(100);
        assertEquals(
                List.of(
                        "0 ms  event 4: n2 call close (by close)",
                        "20 ms  event 6: n2 message Parcel from n1 (deferred, after event 5)",
                        "50 ms  event 7: n2 call stumble (by stumble)",
                        "50 ms  event 8: n2 call close (by close)",
                        "50 ms  event 9: n2 message Parcel from n1 (failed, after event 5)"),
                lines);
    }

    @Test
    void aRunThatIsLoggedGoesAsItWouldWithout() {
        Simulation<Courier> plain = stage;
        play(plain);
        stage = stage();
        follow(Set.of(), EnumSet.allOf(LogLevel.class));
        play(stage);
        assertEquals(plain.digest(), stage.digest());
        assertTrue(lines.size() > 100, () -> lines.size() + " lines");
    }

    private static void play(Simulation<Courier> simulation) {
        simulation.nodes().forEach(simulation::start);
        for (int parcel = 1; parcel <= 50; parcel++) {
            simulation.call(ONE, "dispatch", List.of(List.of(TWO, THREE)));
            simulation.runUntil(Duration.ofMillis(40L * parcel));
        }
    }
}
