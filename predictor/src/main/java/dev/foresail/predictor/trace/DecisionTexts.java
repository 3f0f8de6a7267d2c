package dev.foresail.predictor.trace;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.guardrail.LoopGuard;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Answers;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.trace.TraceStep.Decided;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Says what was chosen by the decisions of an action: runs the step once more on a copy of the node, and listens. Used for
 * one action.
 */
final class DecisionTexts<S> {
    private final SystemModel<S> model;
    private final Machine<S> machine;
    private final NodeId self;
    private final List<Integer> decisions;
    private final Answers.InStep answers;
    private final List<Decided> decided = new ArrayList<>();

    private DecisionTexts(SystemModel<S> model, Action action) {
        this.model = model;
        this.machine = model.machine();
        this.self = action.node();
        this.decisions = action.decisions();
        this.answers = model.answers().inStep(machine, self);
    }

    /** The decisions of an action that is possible in {@code world}, each with what it chose. */
    static <S> List<Decided> of(SystemModel<S> model, ReferenceWorld<S> world, Action action) {
        if (action.decisions().isEmpty()) {
            return List.of();
        }
        DecisionTexts<S> texts = new DecisionTexts<>(model, action);
        try {
            GuardedRun.step(action::toString, LoopGuard.DEFAULT_LIMIT, () -> texts.run(world, action));
        } catch (RuntimeException thrown) {
            // The step has told everything up to here; that it throws is seen when it is taken.
        }
        for (int index = texts.decided.size(); index < action.decisions().size(); index++) {
            texts.decided.add(new Decided(action.decisions().get(index), ""));
        }
        return texts.decided;
    }

    private List<Decided> run(ReferenceWorld<S> world, Action action) {
        if (action instanceof Action.Handle handle) {
            SortedSet<String> armed = new TreeSet<>(world.armed(self));
            if (handle.event() instanceof Event.TimerFired timer) {
                armed.remove(timer.name());
            }
            handle(machine.copy(world.state(self)), armed, new ArrayList<>(world.deferred(self)), handle.event());
        } else if (action instanceof Action.Restart) {
            Event event = model.failures().durable() ? new Event.Restart() : new Event.Start();
            handle(machine.copy(world.state(self)), new TreeSet<>(), new ArrayList<>(), event);
        } else {
            S fresh = machine.create(Objects.requireNonNull(model.nodes().get(self)));
            handle(fresh, new TreeSet<>(), new ArrayList<>(), new Event.Start());
        }
        return decided;
    }

    private void handle(S state, SortedSet<String> armed, List<Event.Delivery> deferred, Event event) {
        GuardNode node = new GuardNode(self);
        react(state, armed, deferred, event);
        OptionalInt ready = EventRules.nextReady(machine, state, deferred, node);
        while (ready.isPresent()) {
            react(state, armed, deferred, deferred.remove(ready.getAsInt()));
            ready = EventRules.nextReady(machine, state, deferred, node);
        }
    }

    private void react(S state, SortedSet<String> armed, List<Event.Delivery> deferred, Event event) {
        List<Alternative> alternatives = machine.alternatives(state, event, new GuardNode(self));
        switch (EventRules.disposition(machine, event, alternatives)) {
            case RUN -> {
                List<String> texts = alternatives.stream().map(this::text).toList();
                run(state, armed, event, alternatives.get(next(texts)));
            }
            case DEFER -> deferred.add((Event.Delivery) event);
            case DROP -> {}
        }
    }

    private String text(Alternative alternative) {
        String handler = machine.handlers().get(alternative.handler()).name();
        return alternative.bindings().isEmpty() ? handler : handler + alternative.bindings();
    }

    private void run(S state, SortedSet<String> armed, Event event, Alternative alternative) {
        Step<S> step = new Step<>(
                machine,
                self,
                new Step.Inputs<>(
                        state,
                        model.nowNanos(),
                        armed,
                        model.channels(self),
                        this::draw,
                        (name, candidates) -> next(candidates.stream()
                                .map(candidate -> name + "=" + candidate)
                                .toList())));
        machine.run(state, event, alternative, step);
        armed.removeAll(step.timersCancelled());
        armed.addAll(step.timersSet().keySet());
        step.sends().forEach(this::answer);
    }

    private void answer(Step.Send send) {
        next(answers.to(send.to(), send.message()).stream()
                .map(answer -> send.to() + " answers " + answer)
                .toList());
    }

    private int draw(int bound) {
        return bound <= 1 ? 0 : decide("random=" + peek());
    }

    private int next(List<String> options) {
        return options.size() <= 1 ? 0 : decide(options.get(peek()));
    }

    private int peek() {
        return decisions.get(decided.size());
    }

    private int decide(String chosen) {
        int index = peek();
        decided.add(new Decided(index, chosen));
        return index;
    }
}
