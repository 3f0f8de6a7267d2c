package dev.foresail.choice.embedded;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.stack.Machines;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One node without any network, for tests: deliver messages, fire timers, script the choices, look at what was sent.
 *
 * <pre>{@code
 * var node = EmbeddedNode.of(RandTree.class, NodeId.of(1)).with(tree -> tree.children.add(NodeId.of(4)));
 * node.choices(Choices.scripted(NodeId.of(4))).deliver(NodeId.of(9), new Join(NodeId.of(9), 1));
 * assertEquals(List.of(new Sent(NodeId.of(4), new Join(NodeId.of(9), 1))), node.sent());
 * }</pre>
 *
 * <p>Events are handled as on a live node: one at a time, guards first, then the choice, then the handler; after each, as
 * many deferred messages as are ready. What a handler throws is passed on, and the handler has then had no effect. Not
 * thread-safe.
 *
 * @param <S> the protocol's class
 */
public final class EmbeddedNode<S> {
    private final Machine<S> machine;
    private final NodeId self;
    private final Outside outside = new Outside();
    private final Aggregates<S> aggregates;
    private final List<Event.Delivery> deferred = new ArrayList<>();
    private S state;

    private EmbeddedNode(Machine<S> machine, NodeId self, Map<String, String> parameters) {
        this.machine = machine;
        this.self = self;
        this.aggregates = new Aggregates<>(machine);
        this.state = machine.create(ParameterValues.read(machine.parameters(), parameters));
    }

    /** A node with the default configuration. */
    public static <S> EmbeddedNode<S> of(Machine<S> machine, NodeId self) {
        return of(machine, self, Map.of());
    }

    /**
     * A node with configuration values as they would be written in YAML.
     *
     * @throws IllegalArgumentException naming the value that is unknown, missing or of the wrong type
     */
    public static <S> EmbeddedNode<S> of(Machine<S> machine, NodeId self, Map<String, String> parameters) {
        return new EmbeddedNode<>(machine, self, parameters);
    }

    /** A node of a protocol whose machine {@link java.util.ServiceLoader} finds. */
    public static <S> EmbeddedNode<S> of(Class<S> protocol, NodeId self) {
        return of(machineOf(protocol), self);
    }

    /**
     * A node of several layers, whose machines {@link java.util.ServiceLoader} finds.
     *
     * @param topFirst the layers' protocols, the top one first
     * @throws dev.foresail.choice.ProtocolException FS492 to FS499 when the layers do not fit
     */
    public static EmbeddedNode<Stack> ofLayers(NodeId self, Class<?>... topFirst) {
        List<Machine<?>> layers = new ArrayList<>();
        for (Class<?> layer : topFirst) {
            layers.add(machineOf(layer));
        }
        return of(StackMachine.of(layers), self);
    }

    private static <S> Machine<S> machineOf(Class<S> protocol) {
        return Machines.of(protocol.getClassLoader()).of(protocol).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no machine is known of " + protocol.getName()
                        + "; mark it @Protocol and let the annotation processor run, or pass the machine"));
    }

    /**
     * Runs {@code scenario} once for every combination of choices and draws, each time on a fresh node.
     *
     * @return the number of runs
     */
    public static <S> int explore(Supplier<EmbeddedNode<S>> fresh, Consumer<EmbeddedNode<S>> scenario) {
        AllChoices choices = Choices.all();
        int runs = 0;
        do {
            scenario.accept(fresh.get().choices(choices));
            runs++;
        } while (choices.advance());
        return runs;
    }

    /** Changes the state directly. */
    public EmbeddedNode<S> with(Consumer<? super S> change) {
        change.accept(state);
        return this;
    }

    /** Says how choices are resolved from now on; the default is {@link Choices#first()}. */
    public EmbeddedNode<S> choices(Choices choices) {
        outside.choices = choices;
        return this;
    }

    /**
     * Says what {@code node} has exported of an aggregate.
     *
     * @throws dev.foresail.choice.ProtocolException FS104 when the protocol has no such aggregate
     */
    public EmbeddedNode<S> known(String aggregate, NodeId node, Object value) {
        aggregates.know(aggregate, node, value);
        return this;
    }

    /** The first start. */
    public EmbeddedNode<S> start() {
        return handle(new Event.Start());
    }

    /**
     * A message is received.
     *
     * @throws dev.foresail.choice.ProtocolException FS101, FS103, FS105 or FS110
     */
    public EmbeddedNode<S> deliver(NodeId from, Object message) {
        return handle(new Event.Delivery(from, machine.freeze(message)));
    }

    /**
     * The application calls.
     *
     * @throws dev.foresail.choice.ProtocolException FS106 when there is no such call with such arguments, FS105 when it
     *     is refused
     */
    public EmbeddedNode<S> call(String name, Object... arguments) {
        return handle(EventRules.call(machine, name, List.of(arguments)));
    }

    /**
     * The timer fires, whatever is left of its delay.
     *
     * @throws IllegalStateException when it is not armed
     */
    public EmbeddedNode<S> fire(String timer) {
        EventRules.checkTimer(machine, timer);
        if (outside.deadlineNanosByTimer.remove(timer) == null) {
            throw new IllegalStateException("the timer '" + timer + "' is not armed; armed are " + timers());
        }
        return handle(new Event.TimerFired(timer));
    }

    /** The connection to {@code peer} is broken. */
    public EmbeddedNode<S> connectionError(NodeId peer) {
        return handle(new Event.ConnectionError(peer));
    }

    /** The failure detector suspects {@code peer}. */
    public EmbeddedNode<S> suspicion(NodeId peer) {
        return handle(new Event.Suspicion(peer));
    }

    /** The node crashes and starts again: durable fields are kept, timers and deferred messages are gone. */
    public EmbeddedNode<S> restart() {
        state = machine.restarted(state);
        outside.deadlineNanosByTimer.clear();
        deferred.clear();
        return handle(new Event.Restart());
    }

    /** Lets time pass; timers fire when they are due. */
    public EmbeddedNode<S> advance(Duration time) {
        long endNanos = outside.nowNanos + time.toNanos();
        Optional<Map.Entry<String, Long>> next = outside.nextTimer();
        while (next.isPresent() && next.get().getValue() <= endNanos) {
            outside.nowNanos = Math.max(outside.nowNanos, next.get().getValue());
            fire(next.get().getKey());
            next = outside.nextTimer();
        }
        outside.nowNanos = endNanos;
        return this;
    }

    private EmbeddedNode<S> handle(Event event) {
        step(event);
        OptionalInt ready = EventRules.nextReady(machine, state, deferred, new GuardNode(self));
        while (ready.isPresent()) {
            step(deferred.remove(ready.getAsInt()));
            ready = EventRules.nextReady(machine, state, deferred, new GuardNode(self));
        }
        return this;
    }

    private void step(Event event) {
        List<Alternative> alternatives = machine.alternatives(state, event, new GuardNode(self));
        switch (EventRules.disposition(machine, event, alternatives)) {
            case RUN -> run(event, alternatives);
            case DEFER -> deferred.add((Event.Delivery) event);
            case DROP -> {}
        }
    }

    private void run(Event event, List<Alternative> alternatives) {
        List<Object> shown = shown(alternatives);
        int chosen = outside.decide(EventRules.choiceName(machine, alternatives), shown);
        EmbeddedHandle<S> handle = new EmbeddedHandle<>(machine, self, state, aggregates, outside);
        S before = machine.copy(state);
        Runnable undo = outside.undo();
        boolean completed = false;
        try {
            machine.run(state, event, alternatives.get(chosen), handle);
            completed = true;
        } finally {
            handle.close();
            if (!completed) {
                state = before;
                undo.run();
            }
        }
    }

    /** The alternatives as tests name them. */
    private List<Object> shown(List<Alternative> alternatives) {
        boolean amongHandlers = EventRules.isAmongHandlers(alternatives);
        List<Object> shown = new ArrayList<>();
        for (Alternative each : alternatives) {
            if (amongHandlers) {
                HandlerDescription handler = machine.handlers().get(each.handler());
                String bindings = each.bindings().toString();
                shown.add(
                        each.bindings().isEmpty()
                                ? handler.name()
                                : handler.name() + "(" + bindings.substring(1, bindings.length() - 1) + ")");
            } else {
                shown.add(each.bindings().size() == 1 ? each.bindings().get(0) : each.bindings());
            }
        }
        return shown;
    }

    public NodeId self() {
        return self;
    }

    public S state() {
        return state;
    }

    /** Everything sent and not taken yet, in order. */
    public List<Sent> sent() {
        return List.copyOf(outside.sent);
    }

    /** As {@link #sent}, and forgets it. */
    public List<Sent> takeSent() {
        List<Sent> taken = sent();
        outside.sent.clear();
        return taken;
    }

    /** The armed timers with what is left of their delays. */
    public SortedMap<String, Duration> timers() {
        SortedMap<String, Duration> timers = new TreeMap<>();
        outside.deadlineNanosByTimer.forEach(
                (name, deadline) -> timers.put(name, Duration.ofNanos(deadline - outside.nowNanos)));
        return timers;
    }

    /** The choices made so far; where there was but one alternative, there was no choice. */
    public List<Decision> decisions() {
        return List.copyOf(outside.decisions);
    }

    /** What handlers noted. */
    public List<String> notes() {
        return List.copyOf(outside.notes);
    }

    /** The messages that wait for a handler, in order. */
    public List<Event.Delivery> deferred() {
        return List.copyOf(deferred);
    }

    /**
     * The node's own value of an aggregate.
     *
     * @throws dev.foresail.choice.ProtocolException FS104 when the protocol has no such aggregate
     */
    public Object aggregate(String name) {
        return aggregates.value(name, state);
    }
}
