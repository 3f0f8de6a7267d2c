package dev.foresail.steering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.predictor.foresight.Assumptions;
import dev.foresail.predictor.foresight.Outlook;
import dev.foresail.predictor.lookahead.Prediction;
import dev.foresail.predictor.node.BusyTime;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Host;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.node.SteeredNode;
import dev.foresail.predictor.node.Steering;
import dev.foresail.predictor.resolve.PredictionExecutor;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.steering.fixture.Scale;
import dev.foresail.steering.fixture.ScaleMachine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The controller of a node that weighs, alone; its predictions are made when a test says so. */
final class ControllerTest {
    private static final NodeId SELF = NodeId.of(1);

    private final ScaleMachine machine = new ScaleMachine();
    private final Alone node = new Alone();
    private final Deque<Runnable> predictions = new ArrayDeque<>();
    private boolean isFull;
    private final List<Intervention> interventions = new ArrayList<>();
    private final List<LookAhead> rounds = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private final Steering<Scale> controller = Controller.of(
            new Controller.Parts<>(
                    new Outlook<>(machine, List.of(), Assumptions.NOTHING_FAILS),
                    SELF,
                    new Later(),
                    SearchResources.of(Runnable::run),
                    Experience.none(),
                    true,
                    new Written()),
            SteeringSettings.of(SteeringMode.STEER));

    /** Writes down what it hears. */
    private final class Written implements Intervention.Listener {
        @Override
        public void intervened(Intervention intervention) {
            interventions.add(intervention);
        }

        @Override
        public void lookedAhead(LookAhead round) {
            rounds.add(round);
        }

        @Override
        public void unanswered(RuntimeException failure) {
            failures.add(failure);
        }
    }

    /** Predictions wait until they are taken. */
    private final class Later implements PredictionExecutor {
        @Override
        public <P extends Prediction> void execute(Supplier<P> prediction, Consumer<Optional<P>> whenDone) {
            predictions.add(() -> whenDone.accept(isFull ? Optional.empty() : Optional.of(prediction.get())));
        }
    }

    /** A node without neighbours, whose time stands still but for what is scheduled. */
    private final class Alone implements SteeredNode<Scale> {
        private final Deque<Runnable> scheduled = new ArrayDeque<>();
        private Scale state = machine.create(List.of());
        private long nowNanos;
        private boolean isUnknown;
        private final BusyTime gatheringTime = new BusyTime(this::nowNanos);

        @Override
        public NodeId self() {
            return SELF;
        }

        @Override
        public Scale state() {
            return state;
        }

        @Override
        public long nowNanos() {
            return nowNanos;
        }

        @Override
        public Snapshot<Scale> roundSnapshot() {
            if (isUnknown) {
                throw new IllegalStateException("what the node knows cannot be told");
            }
            Checkpoint<Scale> own =
                    new Checkpoint<>(SELF, 1, machine.copy(state), new TreeMap<>(), List.of(), new TreeMap<>());
            return new Snapshot<>(own, new TreeMap<>(), new TreeMap<>(), Collections.emptySortedSet(), 0);
        }

        @Override
        public Optional<Snapshot<Scale>> consistentSnapshot() {
            return Optional.of(roundSnapshot());
        }

        @Override
        public BusyTime gatheringTime() {
            return gatheringTime;
        }

        @Override
        public void gatherSoon() {
            controller.gathered();
        }

        @Override
        public Host.Alarm schedule(long delayNanos, Runnable task) {
            scheduled.add(() -> {
                nowNanos += delayNanos;
                task.run();
            });
            return () -> {};
        }

        void runScheduled() {
            while (!scheduled.isEmpty()) {
                scheduled.removeFirst().run();
            }
        }

        void runScheduledOnce() {
            for (int left = scheduled.size(); left > 0; left--) {
                scheduled.removeFirst().run();
            }
        }
    }

    private boolean admits(int weight) {
        Event.Call call = new Event.Call("weigh", List.of(weight));
        List<Alternative> alternatives = machine.alternatives(node.state, call, new GuardNode(SELF));
        return !controller.admitted(call, 0, alternatives, node.state).isEmpty();
    }

    private void handle(String call, Object... arguments) {
        Event.Call event = new Event.Call(call, List.of(arguments));
        GuardNode guard = new GuardNode(SELF);
        machine.run(
                node.state,
                event,
                machine.alternatives(node.state, event, guard).get(0),
                guard);
        controller.handled();
        node.runScheduled();
    }

    private void predict() {
        node.nowNanos += Duration.ofMillis(1).toNanos();
        predictions.removeFirst().run();
    }

    /** It has been asked to weigh 9 and 19, and knows that the latter would be too much. */
    private void warned() {
        controller.attached(node);
        admits(9);
        admits(19);
        handle("weigh", 9);
        predict();
        assertFalse(admits(19));
        assertEquals(Intervention.Kind.FILTER, interventions.get(0).kind());
    }

    @Test
    void aPropertyThatThrowsWhenAFilterAsksLetsTheEventPass() {
        warned();
        handle("turnOff");
        assertEquals(true, admits(7), "what a scale that is off shows cannot be asked");
        assertEquals(1, failures.size());
    }

    @Test
    void whenTheNodeCannotTellWhatItKnowsAFilterLetsTheEventPass() {
        warned();
        node.isUnknown = true;
        assertEquals(true, admits(19));
        assertEquals(1, failures.size());
    }

    @Test
    void aPropertyThatThrowsInALookAheadEndsNeitherTheNodeNorLookingAhead() {
        warned();
        handle("turnOff");
        node.runScheduled();
        predict();
        assertEquals(1, failures.size());
        handle("turnOn");
        node.runScheduled();
        predict();
        assertEquals(1, failures.size());
        assertEquals(3, rounds.size());
        assertEquals(1, rounds.get(2).foreseen());
    }

    @Test
    void whatChangesWhileTheNodeLooksAheadIsLookedAtAfterwards() {
        controller.attached(node);
        admits(9);
        handle("weigh", 9);
        handle("weigh", 8);
        assertEquals(1, predictions.size(), "one at a time");
        predict();
        node.runScheduled();
        assertEquals(1, predictions.size(), "though nothing more has happened");
    }

    @Test
    void aLookThatHadNoPlaceIsAskedForAgainThoughNothingChanges() {
        controller.attached(node);
        admits(19);
        isFull = true;
        handle("weigh", 9);
        predictions.removeFirst().run();
        isFull = false;
        assertEquals(List.of(), rounds);
        long refusedNanos = node.nowNanos;
        node.runScheduled();
        assertTrue(node.nowNanos - refusedNanos >= Duration.ofMillis(100).toNanos(), "not at once");
        predict();
        assertEquals(1, rounds.size());
        assertFalse(admits(19));
    }

    @Test
    void aLookThatAlwaysFailsIsNotAskedForForEver() {
        controller.attached(node);
        admits(9);
        handle("turnOff");
        int looks = 0;
        while (!predictions.isEmpty() && looks < 100) {
            looks++;
            predict();
            node.runScheduled();
        }
        assertEquals(9, looks, "once, and eight times more");
        handle("turnOff");
        assertEquals(1, predictions.size(), "whatever happens is a reason to try again");
    }

    @Test
    void whatIsReplacedEndsNothingThatItHadBegun() {
        controller.attached(node);
        admits(19);
        handle("weigh", 9);
        controller.replaced();
        predict();
        assertEquals(List.of(), rounds);
        assertTrue(admits(19), "no filter is put in place");
    }

    @Test
    void whatIsReplacedBeginsNothing() {
        controller.attached(node);
        admits(9);
        machine.run(
                node.state,
                new Event.Call("weigh", List.of(9)),
                machine.alternatives(node.state, new Event.Call("weigh", List.of(9)), new GuardNode(SELF))
                        .get(0),
                new GuardNode(SELF));
        controller.handled();
        controller.replaced();
        node.runScheduled();
        controller.gathered();
        assertEquals(0, predictions.size());
    }

    @Test
    void aFilterStaysWhileNothingChanges() {
        controller.attached(node);
        admits(9);
        admits(19);
        handle("weigh", 9);
        predict();
        long begunNanos = node.nowNanos;
        long anHour = Duration.ofHours(1).toNanos();
        while (!node.scheduled.isEmpty() && node.nowNanos - begunNanos < anHour) {
            node.scheduled.removeFirst().run();
        }
        assertTrue(node.nowNanos - begunNanos >= anHour, "it goes on as long as there is a filter");
        assertFalse(admits(19));
        assertEquals(0, predictions.size(), "an unchanged snapshot is not explored again");
    }

    @Test
    void aFilterThatHasExpiredAllTheSameIsPutInPlaceByAnotherLook() {
        warned();
        node.nowNanos += Duration.ofHours(1).toNanos();
        controller.gathered();
        node.runScheduledOnce();
        predict();
        assertFalse(admits(19));
    }

    @Test
    void whereThereIsNoFilterNothingIsScheduled() {
        controller.attached(node);
        handle("weigh", 1);
        predict();
        assertEquals(1, rounds.size());
        assertTrue(node.scheduled.isEmpty());
    }
}
