package dev.foresail.predictor.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.machine.AggregateValues;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.network.random.RandomStream;
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
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
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
    private final Experience experience = new Experience(PastResiduals.NONE, RandomStream.of(7, "intervals"));
    private final OutcomeWatch<Dispatch> watch = new OutcomeWatch<>(
            machine, new BoundObjective<>(machine, Objective.minimize("crowding", Duration.ofMillis(500))), experience);
    private final Front front = new Front();

    private final class Front implements RestingNode<Dispatch> {
        private Dispatch state = Dispatch.withWorkers(WORKER);
        private final SortedMap<NodeId, Checkpoint<Dispatch>> workers = new TreeMap<>();
        private final SortedMap<NodeId, Long> agesNanos = new TreeMap<>();
        private int asked;
        private Optional<Error> failure = Optional.empty();

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
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return new Snapshot<>(
                    Snapshots.checkpoint(FRONT, machine.copy(state), List.of(), Map.of()),
                    workers,
                    agesNanos,
                    new TreeSet<>(),
                    0);
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
        watch.decided(CHOICE, PREDICTED, atMillis * MILLI);
        watch.look(front, atMillis * MILLI);
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
    void aNeighbourOfWhichNothingIsKnownYetIsWaitedFor() {
        nineTimes(() -> {
            front.workers.clear();
            decided(0);
            look(500);
            look(750);
            front.knows(WORKER, 2, 0);
            look(1_000);
        });
        assertEquals(2, learned(), "two jobs there, which it tells half a second later");
    }

    @Test
    void whoIsInSightIsToldByTheLookAtTheDecisionAndNotByTheNextOne() {
        front.knows(WORKER, 2, 0);
        nineTimes(() -> {
            front.state = Dispatch.withWorkers(WORKER);
            decided(0);
            front.state = Dispatch.withWorkers(WORKER, NEW_WORKER);
            front.knows(NEW_WORKER, 100, 0);
            look(500);
            look(750);
        });
        assertEquals(2, learned());
    }

    /** The machine, but that one of its methods does something else. */
    @SuppressWarnings("unchecked")
    private Machine<Dispatch> machineWith(String method, Supplier<Object> instead) {
        return (Machine<Dispatch>) Proxy.newProxyInstance(
                Machine.class.getClassLoader(),
                new Class<?>[] {Machine.class},
                (proxy, called, arguments) ->
                        called.getName().equals(method) ? instead.get() : called.invoke(machine, arguments));
    }

    private static MetricDescription<Dispatch> metric(int[] asked, Supplier<Double> value) {
        return new MetricDescription<>() {
            @Override
            public String name() {
                return "crowding";
            }

            @Override
            public double evaluate(SystemView<Dispatch> view, AggregateValues aggregates) {
                asked[0]++;
                return value.get();
            }
        };
    }

    @Test
    void anErrorOfTheAuthorsCodeIsNotTheNodes() {
        int[] asked = {0};
        MetricDescription<Dispatch> erring = metric(asked, () -> {
            throw new AssertionError("the author is sure of something");
        });
        OutcomeWatch<Dispatch> judging = watch(machineWith("metrics", () -> List.of(erring)));
        for (int time = 0; time < 2; time++) {
            judging.decided(CHOICE, PREDICTED, 0);
            judging.look(front, 0);
            judging.look(front, 3_000 * MILLI);
            judging.learn();
        }
        assertEquals(2, asked[0], "what has thrown is not judged again");
        OutcomeWatch<Dispatch> alone = watch(machineWith("neighbours", () -> {
            throw new StackOverflowError();
        }));
        alone.decided(CHOICE, PREDICTED, 0);
        alone.look(front, 0);
        alone.look(front, 3_000 * MILLI);
        front.failure = Optional.of(new AssertionError("no copy is to be had"));
        decided(0);
        look(3_000);
        front.failure = Optional.empty();
        nineTimes(() -> {
            decided(0);
            look(3_000);
        });
        assertEquals(0, learned(), "it goes on");
    }

    private OutcomeWatch<Dispatch> watch(Machine<Dispatch> asked) {
        return watch(asked, Objective.minimize("crowding", Duration.ofMillis(500)));
    }

    private OutcomeWatch<Dispatch> watch(Machine<Dispatch> asked, Objective objective) {
        return new OutcomeWatch<>(asked, new BoundObjective<>(asked, objective), experience);
    }

    @Test
    void whereThereAreNoOutcomesNothingIsLookedAt() {
        OutcomeWatch<Dispatch> ofLinks = watch(
                machine,
                new Objective(
                        List.of(Objective.Formula.parse(Objective.Wanted.MINIMIZE, "rtt(candidate) / 1ms")),
                        Duration.ofMillis(500)));
        ofLinks.decided(CHOICE, PREDICTED, 0);
        ofLinks.look(front, 0);
        ofLinks.look(front, 3_000 * MILLI);
        assertEquals(0, front.asked);
    }

    @Test
    void whatIsNotOfAGoalAndWhatComesTooOftenIsPassedBy() {
        front.knows(WORKER, 2, 0);
        watch.decided(CHOICE, new Decision.Value(2, 0, 2, 0), 0);
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
