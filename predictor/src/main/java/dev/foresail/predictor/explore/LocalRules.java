package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.determinism.DoubleRun;
import dev.foresail.predictor.determinism.NonDeterminismException;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.guardrail.LoopGuard;
import dev.foresail.predictor.model.Answers;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.ImmediateChooser;
import dev.foresail.predictor.node.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Runs the handlers of one node, each once per local state, event and decisions, and remembers the outcomes. Used under
 * the lock of the node's {@link Cells}.
 */
final class LocalRules {
    private static final Outcome[] NOT_ENABLED = new Outcome[0];
    /** Of a handler and everything that is asked before it: the run itself, the checks, copies and comparisons. */
    private static final long RUNS_OF_A_CHECK = 16;

    private static final int RUNS_BETWEEN_LOOKS = 128;

    private SystemModel<Object> model;
    private final Machine<Object> machine;
    private final NodeId self;
    private final GuardNode guardNode;
    private final LocalStates states;
    private final Interning interning;
    private final List<Event.Call> calls;
    private final DoubleRun<Object> doubleRun;
    private boolean checksDeterminism;
    private StopSignal stop = StopSignal.NEVER;
    private int runsUntilLook = RUNS_BETWEEN_LOOKS;
    private Map<NodeId, Channel> channels;
    private boolean readsMoment;
    private long handlerRuns;

    LocalRules(
            SystemModel<Object> model, NodeId self, LocalStates states, Interning interning, List<Event.Call> calls) {
        this.model = model;
        this.machine = model.machine();
        this.self = self;
        this.guardNode = new GuardNode(self);
        this.states = states;
        this.interning = interning;
        this.calls = calls;
        this.channels = model.channels(self);
        this.doubleRun = new DoubleRun<>(machine);
    }

    /** Whether some handler has asked for the time or for an aggregate. */
    boolean readsMoment() {
        return readsMoment;
    }

    /** Goes over to a model of the same system. */
    void follow(SystemModel<Object> next) {
        model = next;
        channels = next.channels(self);
    }

    /** From now on handlers are run for the search that {@code signal} ends, and run again if that is {@code checked}. */
    void serve(StopSignal signal, boolean checked) {
        stop = signal;
        checksDeterminism = checked;
    }

    long handlerRuns() {
        return handlerRuns;
    }

    /**
     * Every outcome of the event that {@code cue} names; empty when it is not enabled.
     *
     * @param message of a delivery, what is delivered
     * @throws SearchStoppedException when the search has to end before all are known; then none is remembered
     */
    Outcome[] outcomes(LocalState local, long cue, Optional<Message> message) {
        Map<Long, Outcome[]> known = local.outcomes();
        Outcome[] outcomes = known.get(cue);
        if (outcomes == null) {
            outcomes = compute(local, cue, message);
            known.put(cue, outcomes);
        }
        return outcomes;
    }

    Event event(long cue, Optional<Message> message) {
        return switch (Cue.kind(cue)) {
            case DELIVERY ->
                new Event.Delivery(
                        interning.node(message.orElseThrow().from()),
                        message.orElseThrow().body());
            case CONNECTION_ERROR -> new Event.ConnectionError(interning.node(Cue.index(cue)));
            case TIMER -> new Event.TimerFired(machine.timers().get(Cue.index(cue)));
            case CALL -> calls.get(Cue.index(cue));
            case START -> new Event.Start();
            case RESTART -> new Event.Restart();
        };
    }

    private Outcome[] compute(LocalState local, long cue, Optional<Message> message) {
        Event event = event(cue, message);
        List<Outcome> outcomes = new ArrayList<>(1);
        Script script = new Script(() -> "the handling of " + event + " by " + machine.protocol());
        do {
            lookWhetherToStop();
            script.rewind();
            Optional<Outcome> outcome = new Run(local, cue, script).handle(event, message);
            if (outcome.isEmpty()) {
                return NOT_ENABLED;
            }
            outcomes.add(outcome.get());
        } while (script.next());
        return outcomes.toArray(new Outcome[0]);
    }

    private void lookWhetherToStop() {
        runsUntilLook--;
        if (runsUntilLook == 0) {
            runsUntilLook = RUNS_BETWEEN_LOOKS;
            stop.check();
        }
    }

    /** One run of an event, with the deferred messages that it makes ready. */
    private final class Run {
        final LocalState before;
        final Script script;
        final long armedBefore;
        final List<Message> deferred;
        final List<Step.Send> sends = new ArrayList<>(2);
        final List<Message> messages = new ArrayList<>(2);
        final List<Integer> receivers = new ArrayList<>(2);
        final SortedMap<Integer, Long> delays = new TreeMap<>();
        final Answers.InStep answers = model.answers().inStep(machine, self);
        Object state;
        long armed;
        boolean owned;
        Supplier<String> doing = () -> "";

        Run(LocalState before, long cue, Script script) {
            this.before = before;
            this.script = script;
            this.state = before.state;
            this.deferred = new ArrayList<>(List.of(before.deferred));
            boolean fires = Cue.kind(cue) == Cue.Kind.TIMER;
            this.armedBefore = fires ? before.armed & ~(1L << Cue.index(cue)) : before.armed;
            this.armed = armedBefore;
        }

        /** Empty when the event is not enabled. */
        Optional<Outcome> handle(Event event, Optional<Message> message) {
            long limit = LoopGuard.DEFAULT_LIMIT * (checksDeterminism ? RUNS_OF_A_CHECK : 1);
            Optional<LocalStates.Written> after;
            try {
                after = GuardedRun.step(() -> doing.get(), limit, () -> handleWithDeferred(event, message));
            } catch (NonDeterminismException nonDeterminism) {
                throw nonDeterminism;
            } catch (RuntimeException thrown) {
                return Optional.of(Outcome.thrown(script.decisions(), before, sends, thrown));
            }
            return after.map(this::outcome);
        }

        /** The local state afterwards; empty when the event is not enabled. */
        private Optional<LocalStates.Written> handleWithDeferred(Event event, Optional<Message> message) {
            List<Alternative> alternatives = alternatives(event);
            boolean offered = event instanceof Event.Call;
            if (alternatives.isEmpty() && (offered || model.unhandledStaysPending() && isPendingKind(event))) {
                return Optional.empty();
            }
            handle(event, alternatives, message);
            retryDeferred();
            return Optional.of(states.write(new LocalState.Body(true, state, armed, deferred.toArray(new Message[0]))));
        }

        private List<Alternative> alternatives(Event event) {
            doing = () -> GuardedRun.nameOf(machine, event);
            return checksDeterminism
                    ? doubleRun.checkAlternatives(given(event, state, armed, List.of()))
                    : machine.alternatives(state, event, guardNode);
        }

        private DoubleRun.Given<Object> given(Event event, Object from, long timers, List<Integer> decisions) {
            return new DoubleRun.Given<>(
                    self, from, event, model.nowNanos(), states.timerNames(timers), channels, decisions);
        }

        private boolean isPendingKind(Event event) {
            return !(event instanceof Event.Start || event instanceof Event.Restart);
        }

        private void handle(Event event, List<Alternative> alternatives, Optional<Message> message) {
            switch (EventRules.disposition(machine, event, alternatives)) {
                case RUN -> run(event, alternatives.get(script.decide(alternatives.size())));
                case DEFER -> deferred.add(message.orElseThrow());
                case DROP -> {}
            }
        }

        private void run(Event event, Alternative alternative) {
            if (!owned) {
                state = machine.copy(state);
                owned = true;
            }
            Step<Object> step = new Step<>(
                    machine,
                    self,
                    new Step.Inputs<>(
                            state,
                            model.nowNanos(),
                            states.timerNames(armed),
                            channels,
                            script::decide,
                            ImmediateChooser.trying(script::decide, model.leavesOutSubsets())));
            handlerRuns++;
            doing = () -> GuardedRun.nameOf(machine, alternative);
            try {
                if (checksDeterminism) {
                    runAndCheck(event, alternative, step);
                } else {
                    machine.run(state, event, alternative, step);
                }
            } finally {
                readsMoment |= step.readsMoment();
            }
            armed = states.armedAfter(armed, step);
            step.timersCancelled()
                    .forEach(name -> delays.remove(machine.timers().indexOf(name)));
            step.timersSet()
                    .forEach((name, delay) -> delays.put(machine.timers().indexOf(name), delay));
            step.sends().forEach(this::freeze);
        }

        private void runAndCheck(Event event, Alternative alternative, Step<Object> step) {
            Object from = machine.copy(state);
            int first = script.position();
            try {
                machine.run(state, event, alternative, step);
            } finally {
                // One that throws must throw again.
                doubleRun.check(given(event, from, armed, script.decisionsFrom(first)), alternative);
            }
        }

        /** What is in flight is read back from canonical bytes, as on a live node. */
        private void freeze(Step.Send send) {
            OptionalInt receiver = interning.slot(send.to());
            if (receiver.isPresent()) {
                Message message = interning.message(receiver.getAsInt(), interning.slotOf(self), send.message());
                messages.add(message);
                receivers.add(receiver.getAsInt());
                sends.add(new Step.Send(send.to(), message.body()));
            } else {
                sends.add(send);
                answer(send);
            }
        }

        /** A generic node answers in one of the ways in which it may. */
        private void answer(Step.Send send) {
            List<Object> possible = answers.to(send.to(), send.message());
            if (!possible.isEmpty()) {
                int own = interning.slotOf(self);
                Object answer = possible.get(script.decide(possible.size()));
                messages.add(interning.message(own, interning.sender(send.to()), answer));
                receivers.add(own);
            }
        }

        private void retryDeferred() {
            while (!deferred.isEmpty()) {
                List<Event.Delivery> events = deferred.stream()
                        .map(message -> new Event.Delivery(interning.node(message.from()), message.body()))
                        .toList();
                OptionalInt ready = EventRules.nextReady(machine, state, events, guardNode);
                if (ready.isEmpty()) {
                    return;
                }
                Event.Delivery event = events.get(ready.getAsInt());
                Message message = deferred.remove(ready.getAsInt());
                handle(event, alternatives(event), Optional.of(message));
            }
        }

        private Outcome outcome(LocalStates.Written written) {
            LocalState after = states.intern(written);
            SortedMap<Integer, List<Message>> byReceiver = new TreeMap<>();
            for (int index = 0; index < receivers.size(); index++) {
                byReceiver
                        .computeIfAbsent(receivers.get(index), added -> new ArrayList<>())
                        .add(messages.get(index));
            }
            int own = interning.slotOf(self);
            return new Outcome(
                    script.decisions(),
                    after,
                    List.copyOf(sends),
                    receivers.stream().mapToInt(Integer::intValue).toArray(),
                    messages.toArray(new Message[0]),
                    byReceiver.getOrDefault(own, List.of()),
                    arrivals(byReceiver, own),
                    Map.copyOf(delays),
                    Optional.empty());
        }

        private Effect[] arrivals(SortedMap<Integer, List<Message>> byReceiver, int own) {
            return byReceiver.entrySet().stream()
                    .filter(entry -> entry.getKey() != own)
                    .map(entry -> interning.effect(Effect.Kind.ARRIVAL, entry.getKey(), own, entry.getValue()))
                    .toArray(Effect[]::new);
        }
    }
}
