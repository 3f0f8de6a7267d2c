package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.predictor.log.LoggedStep;
import dev.foresail.predictor.node.Envelope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Plays a simulation a second time up to an event, and tells what led to it: the chain of messages that ends there, and what the event
 * changed at its node, with the faults that its nodes have met. The first run need not remember anything, as the second one is the same. Once only; not thread-safe.
 *
 * <p>Weakness: a chain begins where a node acts by itself, with a timer or a call; what had set that timer is not told. All events up to
 * there are remembered, so that it is meant for up to a million of them; and for as many nodes as {@link #canTell} says: above, a
 * simulation that is not listened to may take another course (decision 020).
 *
 * @param <S> the protocol's state
 */
public final class Retelling<S> {
    /** Up to which event runs are told again. */
    private static final long MOST_EVENTS = 1_000_000;

    /** Up to how many nodes runs are told again. */
    private static final int MOST_NODES = ConnectedPairs.MOST_NODES;

    private final Simulation<S> simulation;
    private final NodeId node;
    private final long number;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Way, List<Sent>> underWay = new HashMap<>();
    /** In which event a message was sent that a node has taken: it may be deferred, and handled later once more. */
    private final IdentityHashMap<Object, Long> taken = new IdentityHashMap<>();

    private final FaultNotes faults;
    private List<FieldValue> before = List.of();
    private List<FieldValue> after = List.of();

    private record Way(NodeId from, NodeId to) {}

    private record Sent(Object message, long number) {}

    /**
     * What a node has handled.
     *
     * @param number which event of the simulation, from 1
     * @param seconds of virtual time
     * @param cause the number of the event in which the message was sent; empty when it was none
     */
    public record Step(long number, double seconds, NodeId node, Event event, Optional<Long> cause) {}

    /**
     * Something went wrong from outside.
     *
     * @param events how many events nodes had handled before it
     * @param seconds of virtual time
     */
    public record Fault(long events, double seconds, String text) {}

    /**
     * What led to an event.
     *
     * @param chain each step sent the message that the next one handles; the last is the event
     * @param faults the latest that the chain's nodes, and the messages between them and others, have met, in order
     * @param changes of the state of the event's node; empty when the event changed nothing there, or when the node had failed
     */
    public record Story(List<Step> chain, List<Fault> faults, List<LoggedStep.Change> changes) {
        public Story {
            chain = List.copyOf(chain);
            faults = List.copyOf(faults);
            changes = List.copyOf(changes);
        }
    }

    /** Whether a violation in a system of so many nodes can be told. */
    public static boolean canTell(PropertyWatch.Violation violation, int nodes) {
        return violation.number() <= MOST_EVENTS && nodes <= MOST_NODES;
    }

    /**
     * @param simulation made as the first was; its scenario is played after this
     * @param node that handled the event
     * @param number of the event, from 1
     */
    public Retelling(Simulation<S> simulation, NodeId node, long number) {
        this.simulation = simulation;
        this.node = node;
        this.number = number;
        this.faults = new FaultNotes(simulation::nowNanos, simulation::events);
        simulation.trace().tellFaults(faults);
        simulation.onSent(this::sent);
        simulation.onHandled(this::handled);
    }

    /**
     * Lets time go on until the event.
     *
     * @param stopped whether to give it up
     * @return empty when that was so, or when the second run never comes to the event: then it is not the same, and the protocol not
     *     deterministic
     */
    public Optional<Story> tell(BooleanSupplier stopped) {
        while (steps.size() < number && !stopped.getAsBoolean() && simulation.runOne()) {
            // Until the event, or the end of everything.
        }
        if (steps.size() < number || !steps.get((int) number - 1).node().equals(node)) {
            return Optional.empty();
        }
        Deque<Step> chain = new ArrayDeque<>();
        Optional<Step> step = Optional.of(steps.get((int) number - 1));
        while (step.isPresent()) {
            chain.addFirst(step.get());
            step = step.get().cause().map(cause -> steps.get((int) (cause - 1)));
        }
        SortedSet<NodeId> nodes = new TreeSet<>();
        chain.forEach(one -> nodes.add(one.node()));
        return Optional.of(new Story(List.copyOf(chain), faults.told(nodes), LoggedStep.Change.between(before, after)));
    }

    private Runnable sent(NodeId from, NodeId to, Envelope envelope) {
        if (envelope instanceof Envelope.Payload payload) {
            // What an event sends leaves before the event is counted.
            underWay.computeIfAbsent(new Way(from, to), first -> new ArrayList<>())
                    .add(new Sent(payload.message(), simulation.events() + 1));
        }
        return () -> {};
    }

    private void handled(NodeId handler, Event event) {
        if (steps.size() >= number) {
            return;
        }
        steps.add(new Step(simulation.events(), simulation.nowNanos() / 1e9, handler, event, cause(handler, event)));
        SimulatedNode<S> changed = simulation.existing(handler);
        if (handler.equals(node) && changed.isUp()) {
            before = after;
            after = simulation.settings().machine().values(changed.runtime().state());
        }
    }

    private Optional<Long> cause(NodeId handler, Event event) {
        if (!(event instanceof Event.Delivery delivery)) {
            return Optional.empty();
        }
        List<Sent> sent = underWay.getOrDefault(new Way(delivery.from(), handler), List.of());
        for (int index = 0; index < sent.size(); index++) {
            Sent next = sent.get(index);
            if (next.message() == delivery.message()) {
                // What was sent before and has not come is lost, unless the way is disturbed and this one has overtaken
                // it.
                List<Sent> settled = sent.subList(0, index + 1);
                settled.forEach(one -> taken.put(one.message(), one.number()));
                settled.clear();
                return Optional.of(next.number());
            }
        }
        return Optional.ofNullable(taken.get(delivery.message()));
    }
}
