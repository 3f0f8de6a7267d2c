package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.fixture.Till;
import dev.foresail.predictor.fixture.TillMachine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A till hands money to its branch, 20 ms away, over connections that break. */
class PossiblyDeliveredTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Simulation<Till> stage = open();

    private static Simulation<Till> open() {
        SimulationSettings<Till> settings = new SimulationSettings<>(
                new TillMachine(),
                List.of(100, Duration.ofSeconds(100)),
                Simulations.ids(2),
                new EvenLinks(2, 20_000_000L, 0, 0),
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Till> simulation =
                new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(true));
        simulation.nodes().forEach(simulation::start);
        simulation.call(ONE, "addBranch", List.of(TWO));
        simulation.runUntil(Duration.ofSeconds(1));
        return simulation;
    }

    private void pass(long millis) {
        stage.runUntil(stage.now().plusMillis(millis));
    }

    private void hand(int amount) {
        stage.call(ONE, "hand", List.of(TWO, amount));
    }

    private void gather() {
        stage.existing(ONE).runtime().gatherSoon();
        pass(500);
    }

    private Snapshot<Till> seen() {
        return stage.existing(ONE).runtime().snapshot();
    }

    /** The amounts under way to the branch, as the till sees it. */
    private List<Integer> underWay() {
        return amounts(seen());
    }

    private List<Integer> amounts(Snapshot<Till> snapshot) {
        return SystemSnapshot.of(snapshot, List.of(), stage.nowNanos()).flights().stream()
                .filter(flight -> flight.to().equals(TWO))
                .flatMap(flight -> flight.messages().stream())
                .map(sent -> ((Till.Deposit) sent.message()).amount())
                .toList();
    }

    @Test
    void whatWasSentBeforeTheBreakIsUnderWayBeforeWhatIsSentAfterIt() {
        gather();
        hand(5);
        hand(6);
        stage.cut(ONE, TWO, Duration.ofMillis(100), Duration.ofMillis(10));
        pass(150);
        assertEquals(List.of(5, 6), underWay());
        hand(7);
        assertEquals(List.of(5, 6, 7), underWay());
    }

    @Test
    void aNewerCheckpointOfTheBranchEndsTheDoubt() {
        gather();
        hand(5);
        pass(20);
        hand(6);
        stage.cut(ONE, TWO, Duration.ofMillis(100), Duration.ofMillis(10));
        pass(150);
        assertEquals(List.of(5, 6), underWay(), "the branch has received 5 since its last checkpoint");
        gather();
        assertEquals(List.of(), underWay());
        assertEquals(5, seen().neighbours().get(TWO).state().takings());
    }

    @Test
    void theBranchOutOfReachIsKeptAsItWasWithEverythingSentSince() {
        hand(4);
        pass(50);
        gather();
        hand(5);
        stage.cut(ONE, TWO, Duration.ofHours(1), Duration.ofMillis(10));
        for (int round = 0; round < 3; round++) {
            pass(1_000);
            gather();
        }
        hand(6);
        assertEquals(4, seen().neighbours().get(TWO).state().takings());
        assertEquals(List.of(5, 6), underWay());
        assertTrue(seen().agesNanos().get(TWO) > 3_000_000_000L);
    }

    @Test
    void theLastConsistentSetHasItToo() {
        gather();
        hand(5);
        stage.cut(ONE, TWO, Duration.ofHours(1), Duration.ofMillis(10));
        pass(150);
        gather();
        Snapshot<Till> cut = stage.existing(ONE).runtime().consistentSnapshot().orElseThrow();
        assertEquals(List.of(5), amounts(cut));
    }

    /** The branch's log has it, and the count of what the till has received ends with the connection. */
    @Test
    void whatTheTillHasReceivedIsNotUnderWayAgainAfterTheBreak() {
        gather();
        stage.call(TWO, "hand", List.of(ONE, 9));
        gather();
        assertEquals(1, seen().neighbours().get(TWO).channels().get(ONE).sent());
        stage.cut(ONE, TWO, Duration.ofMillis(300), Duration.ofMillis(20));
        pass(30);
        assertEquals(
                List.of(),
                SystemSnapshot.of(seen(), List.of(), stage.nowNanos()).flights());
    }

    @Test
    void noMoreIsKeptThanTheLogHolds() {
        gather();
        for (int broken = 0; broken < 3; broken++) {
            for (int amount = 0; amount < 700; amount++) {
                hand(amount);
            }
            stage.cut(ONE, TWO, Duration.ofMillis(10), Duration.ofMillis(5));
            pass(8);
        }
        List<Integer> underWay = underWay();
        assertEquals(1_024, underWay.size());
        assertEquals(699, underWay.get(1_023));
    }
}
