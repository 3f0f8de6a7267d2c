package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.fixture.DiaryMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.fixture.UnevenLinks;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.property.Choices;
import dev.foresail.predictor.property.Property;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node takes for one consistent cut, while nodes write to each other and everything that can break does. */
class ConsistentCutPropertiesTest {
    private static final int NODES = 4;

    private Simulation<Diary> stage = system(1);
    private long written;
    private long cuts;
    private long flights;

    private static Simulation<Diary> system(long seed) {
        SimulationSettings<Diary> settings = new SimulationSettings<>(
                new DiaryMachine(),
                List.of(),
                Simulations.ids(NODES),
                new UnevenLinks(NODES),
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Diary> simulation =
                new Simulation<>(settings, (self, clock, surroundings, resolverSeed) -> new ManualResolver<>(true));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private void play(Choices choices) {
        stage = system(1 + choices.below(100));
        written = 0;
        for (int left = choices.below(120); left > 0; left--) {
            NodeId one = choices.oneOf(stage.nodes());
            NodeId other = NodeId.of(1 + (one.value() + choices.below(NODES - 1)) % NODES);
            disturb(choices, one, other);
            stage.nodes().stream().filter(stage::isUp).forEach(this::check);
        }
    }

    private void disturb(Choices choices, NodeId one, NodeId other) {
        switch (choices.below(20)) {
            case 0 -> pass(choices.below(400));
            case 1 -> {
                if (stage.isUp(one)) {
                    stage.crash(one, Duration.ofMillis(choices.below(300)), Duration.ZERO);
                }
            }
            case 2, 3 -> {
                if (!stage.isUp(one)) {
                    stage.restart(one);
                }
            }
            case 4 -> {
                if (stage.isUp(one)) {
                    stage.silentReset(one);
                }
            }
            case 5 -> stage.breakConnection(one, other);
            case 6 ->
                stage.cut(one, other, Duration.ofMillis(choices.below(300)), Duration.ofMillis(choices.below(300)));
            case 7, 8, 9, 10 -> pass(choices.below(30));
            case 11, 12 -> {
                if (stage.isUp(one)) {
                    stage.existing(one).runtime().gatherSoon();
                }
            }
            default -> stage.call(one, "write", List.of(other, written++));
        }
    }

    private void pass(long millis) {
        stage.runUntil(stage.now().plusMillis(millis));
    }

    private void check(NodeId node) {
        Optional<Snapshot<Diary>> cut = stage.existing(node).runtime().consistentSnapshot();
        cut.ifPresent(known -> {
            SystemSnapshot<Diary> system = SystemSnapshot.of(known, List.of(), stage.nowNanos());
            assertEquals(List.of(), system.contradictions());
            cuts += known.neighbours().isEmpty() ? 0 : 1;
            system.flights().forEach(flight -> isUnderWay(system, flight));
        });
    }

    private void isUnderWay(SystemSnapshot<Diary> system, SystemSnapshot.Flight flight) {
        Diary receiver = system.nodes().get(flight.to()).checkpoint().state();
        flight.messages().forEach(sent -> {
            flights++;
            String entry = flight.from() + ":" + ((Diary.Line) sent.message()).number();
            assertFalse(receiver.entries().contains(entry), () -> entry + " is under way, and was received");
        });
    }

    @Test
    void nothingIsReceivedBeforeTheCutAndSentBehindItAndNothingIsUnderWayThatWasReceived() {
        Property.check(41, 300, this::play);
        assertTrue(cuts > 3_000, () -> "sets looked at: " + cuts);
        assertTrue(flights > 1_000, () -> "messages under way: " + flights);
    }
}
