package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.guardrail.LoopGuard;
import dev.foresail.predictor.model.Answers;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.ImmediateChooser;
import dev.foresail.predictor.node.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** One atomic step of one node, on a copy of its local state. Used for one step. Not thread-safe. */
final class NodeStep<S> {
    private final SystemModel<S> model;
    private final Machine<S> machine;
    private final NodeId self;
    private final Decisions decisions;
    private final S state;
    private final SortedSet<String> armed;
    private final List<Event.Delivery> deferred;
    private final List<Sent> sends = new ArrayList<>();
    private final List<Packet> answers = new ArrayList<>();
    private final Answers.InStep answersInStep;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Long> timersSet = new HashMap<>();
    private int handlerRuns;
    private String doing = "";

    NodeStep(SystemModel<S> model, NodeId self, LocalState<S> before, Decisions decisions) {
        this.model = model;
        this.machine = model.machine();
        this.self = self;
        this.decisions = decisions;
        this.answersInStep = model.answers().inStep(machine, self);
        this.state = machine.copy(before.state());
        this.armed = new TreeSet<>(before.armed());
        this.deferred = new ArrayList<>(before.deferred());
    }

    /** A message that was sent, frozen. */
    record Sent(NodeId to, Packet packet) {}

    /** Handles the event, then the deferred messages that it makes ready; whatever a handler throws is passed on. */
    void handle(Event event) {
        GuardedRun.step(() -> doing, LoopGuard.DEFAULT_LIMIT, () -> {
            handleWithDeferred(event);
            return handlerRuns;
        });
    }

    private void handleWithDeferred(Event event) {
        react(event);
        OptionalInt ready = EventRules.nextReady(machine, state, deferred, new GuardNode(self));
        while (ready.isPresent()) {
            react(deferred.remove(ready.getAsInt()));
            ready = EventRules.nextReady(machine, state, deferred, new GuardNode(self));
        }
    }

    private void react(Event event) {
        doing = GuardedRun.nameOf(machine, event);
        List<Alternative> alternatives = machine.alternatives(state, event, new GuardNode(self));
        switch (EventRules.disposition(machine, event, alternatives)) {
            case RUN -> run(event, alternatives.get(decisions.next(alternatives.size())));
            case DEFER -> deferred.add((Event.Delivery) event);
            case DROP -> {}
        }
    }

    private void run(Event event, Alternative alternative) {
        handlerRuns++;
        doing = GuardedRun.nameOf(machine, alternative);
        Step<S> step = new Step<>(
                machine,
                self,
                new Step.Inputs<>(
                        state,
                        model.nowNanos(),
                        armed,
                        model.channels(self),
                        decisions::next,
                        ImmediateChooser.trying(decisions::next, model.leavesOutSubsets())));
        machine.run(state, event, alternative, step);
        armed.removeAll(step.timersCancelled());
        armed.addAll(step.timersSet().keySet());
        timersSet.keySet().removeAll(step.timersCancelled());
        timersSet.putAll(step.timersSet());
        // At once: the next handler of the step may change what this one has sent of its state.
        for (Step.Send send : step.sends()) {
            sends.add(new Sent(send.to(), Packet.freeze(machine, self, send.message())));
            answer(send);
        }
        notes.addAll(step.notes());
    }

    /** A generic node answers in one of the ways in which it may. */
    private void answer(Step.Send send) {
        List<Object> possible = answersInStep.to(send.to(), send.message());
        if (!possible.isEmpty()) {
            answers.add(Packet.freeze(machine, send.to(), possible.get(decisions.next(possible.size()))));
        }
    }

    LocalState<S> after() {
        return new LocalState<>(true, state, armed, deferred);
    }

    List<Sent> sends() {
        return sends;
    }

    /** What nodes that the model does not have send to this one on that. */
    List<Packet> answers() {
        return answers;
    }

    Map<String, Long> timersSet() {
        return timersSet;
    }

    List<String> notes() {
        return notes;
    }

    int handlerRuns() {
        return handlerRuns;
    }
}
