package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.predictor.fixture.Dispatch;
import dev.foresail.predictor.fixture.DispatchMachine;
import dev.foresail.predictor.fixture.Snapshots;
import dev.foresail.predictor.lookahead.Prediction;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a node is like itself is among the features, and it changes between a question and its answer. */
class ChangedNodeTest {
    private static final NodeId FRONT = NodeId.of(1);
    private static final Event SUBMIT = new Event.Call("submit", List.of(7L));

    private final DispatchMachine machine = new DispatchMachine();
    private final Later later = new Later();
    private final PredictedResolver<Dispatch> resolver = new PredictedResolver<>(
            new BoundObjective<>(machine, Objective.minimize("crowding", Duration.ofSeconds(1))),
            machine,
            (from, to, random) -> 1_000_000,
            new PredictedResolver.Parts(new ValueCache(10, Duration.ofMinutes(1), () -> 0), later),
            2,
            1);
    private final List<Resolution> resumed = new ArrayList<>();

    /** Answers when it is told to. */
    private static final class Later implements PredictionExecutor {
        final Deque<Runnable> asked = new ArrayDeque<>();

        @Override
        public <P extends Prediction> void execute(Supplier<P> prediction, Consumer<Optional<P>> whenDone) {
            asked.add(() -> whenDone.accept(Optional.of(prediction.get())));
        }
    }

    private Dispatch front(int jobs) {
        Dispatch front = Dispatch.withWorkers(NodeId.of(2), NodeId.of(3));
        for (int job = 0; job < jobs; job++) {
            front = machine.copy(front);
            front.takeOn();
        }
        return front;
    }

    private Resolution ask(Dispatch state) {
        List<Alternative> alternatives = machine.alternatives(state, SUBMIT, new GuardNode(FRONT));
        return resolver.resolve(new ChoiceContext<>(
                machine,
                FRONT,
                EventRules.choiceName(machine, alternatives),
                EventRules.choice(machine, alternatives),
                SUBMIT,
                alternatives,
                state,
                new TreeMap<>(),
                0,
                true,
                () -> Snapshots.of(Snapshots.checkpoint(FRONT, state, List.of(), Map.of())),
                () -> resumed.add(ask(front(3)))));
    }

    @Test
    void aChangedNodeDoesNotTakeWhatWasPredictedForWhatItWas() {
        ask(front(0));
        assertEquals(1, later.asked.size());
        ask(front(1));
        assertEquals(1, later.asked.size(), "nobody has said that the node has changed");
        resolver.changed();
        ask(front(1));
        assertEquals(2, later.asked.size());
    }

    @Test
    void anEventThatHasWaitedGetsItsAnswerThoughTheNodeHasChangedMeanwhile() {
        assertInstanceOf(Resolution.Waiting.class, ask(front(0)));
        resolver.changed();
        later.asked.remove().run();
        Resolution.Decided decided = assertInstanceOf(Resolution.Decided.class, resumed.get(0));
        assertEquals(Decision.Source.PREDICTED, decided.source());
        assertEquals(0, later.asked.size(), "nothing is asked again");
        resolver.changed();
        assertInstanceOf(Resolution.Waiting.class, ask(front(3)), "the answer has served once");
    }
}
