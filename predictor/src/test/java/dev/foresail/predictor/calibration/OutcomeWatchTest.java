package dev.foresail.predictor.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Dispatch;
import dev.foresail.predictor.fixture.DispatchMachine;
import dev.foresail.predictor.fixture.Snapshots;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.RestingNode;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A front node and a worker: the cost is the mean of the squares of what waits at each. */
class OutcomeWatchTest {
    private static final NodeId FRONT = NodeId.of(1);
    private static final NodeId WORKER = NodeId.of(2);
    private static final NodeId NEW_WORKER = NodeId.of(3);
    private static final String CHOICE = "dispatch.submit.worker";
    private static final Decision.Value PREDICTED = new Decision.Value(2, 0, 2, 1);
    private static final long MILLI = 1_000_000;

    private final DispatchMachine machine = new DispatchMachine();
    private final Experience experience = new Experience(PastResiduals.NONE);
    private final OutcomeWatch<Dispatch> watch = new OutcomeWatch<>(
            machine, new BoundObjective<>(machine, Objective.minimize("crowding", Duration.ofMillis(500))), experience);
    private final Front front = new Front();

    private final class Front implements RestingNode<Dispatch> {
        private Dispatch state = Dispatch.withWorkers(WORKER);
        private final SortedMap<NodeId, Checkpoint<Dispatch>> workers = new TreeMap<>();
        private final SortedMap<NodeId, Long> agesNanos = new TreeMap<>();
        private int asked;

        @Override
        public NodeId self() {
            return FRONT;
        }

        @Override
        public Dispatch state() {
            return state;
        }

        @Override
        public SortedMap<NodeId, Channel> channels() {
            return new TreeMap<>();
        }

        @Override
        public OptionalLong timerDueNanos(String timer) {
            return OptionalLong.empty();
        }

        @Override
        public Snapshot<Dispatch> snapshot() {
            asked++;
            return new Snapshot<>(
                    Snapshots.checkpoint(FRONT, machine.copy(state), List.of(), Map.of()),
                    workers,
                    agesNanos,
                    new TreeSet<>());
        }

        void knows(NodeId worker, int jobs, long ageMillis) {
            Dispatch busy = new Dispatch(1000);
            for (int job = 0; job < jobs; job++) {
                busy.takeOn();
            }
            workers.put(worker, Snapshots.checkpoint(worker, busy, List.of(), Map.of()));
            agesNanos.put(worker, ageMillis * MILLI);
        }
    }

    private void decided(long atMillis) {
        watch.decided(CHOICE, PREDICTED, front.state(), Map.of(), atMillis * MILLI);
    }

    private void look(long atMillis) {
        watch.look(front, atMillis * MILLI);
        watch.learn();
    }

    /** What the error of the only outcomes was; there are as many as an interval needs. */
    private double learned() {
        Decision.Value stated = experience.stated(CHOICE, List.of(PREDICTED)).get(0);
        assertEquals(stated.low(), stated.high());
        return stated.low();
    }

    private void nineTimes(Runnable decision) {
        for (int time = 0; time < 9; time++) {
            decision.run();
        }
    }

    @Test
    void theNodeIsLookedAtWhenTheHorizonIsOver() {
        front.knows(WORKER, 0, 0);
        nineTimes(() -> {
            front.state = Dispatch.withWorkers(WORKER);
            decided(0);
            look(499);
            assertEquals(0, front.asked % 2, "nothing is due");
            front.state.takeOn();
            front.state.takeOn();
            look(500);
            front.state.takeOn();
            look(750);
        });
        assertEquals(2, learned(), "two jobs here and none there, not three");
    }

    @Test
    void ofANeighbourTheCheckpointCountsThatIsNearestToTheHorizon() {
        nineTimes(() -> {
            front.knows(WORKER, 9, 400);
            decided(0);
            look(500);
            front.knows(WORKER, 4, 150);
            look(750);
            front.knows(WORKER, 7, 0);
            look(1_000);
        });
        assertEquals(8, learned(), "four jobs there, taken 100 ms after the horizon");
    }

    @Test
    void aNeighbourThatTellsNothingMoreIsNotWaitedForForever() {
        nineTimes(() -> {
            front.knows(WORKER, 2, 600);
            decided(0);
            look(500);
            front.knows(WORKER, 2, 2_600);
            look(2_500);
        });
        assertEquals(2, learned());
    }

    @Test
    void whoWasNoNeighbourAtTheDecisionIsNotInItsSight() {
        front.knows(WORKER, 2, 0);
        nineTimes(() -> {
            decided(0);
            front.knows(NEW_WORKER, 100, 0);
            look(500);
            look(750);
        });
        assertEquals(2, learned());
    }

    @Test
    void whatIsNotOfAGoalAndWhatComesTooOftenIsPassedBy() {
        front.knows(WORKER, 2, 0);
        watch.decided(CHOICE, new Decision.Value(2, 0, 2, 0), front.state(), Map.of(), 0);
        look(10_000);
        assertEquals(0, front.asked);
        for (int decision = 0; decision < 100; decision++) {
            decided(20_000);
        }
        look(20_500);
        look(20_750);
        assertFalse(
                experience.stated(CHOICE, List.of(PREDICTED)).get(0).hasInterval(),
                "four of a hundred at the same time");
    }
}
