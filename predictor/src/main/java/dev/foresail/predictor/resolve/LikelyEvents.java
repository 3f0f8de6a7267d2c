package dev.foresail.predictor.resolve;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Events that may come again and be a choice then: of each kind that a handler with a choice takes, the last few different ones.
 * Not thread-safe.
 *
 * <p>Idea: the next event will be like one that came before, but about somebody else. Whoever an event names and the node's state did not know
 * when it came is a stranger, and is remembered as a stranger that nobody knows; who was known stays who it is. So the Joins of
 * all newcomers are one event here, which is a choice as soon as the node has no room. Weakness: what no earlier event was
 * like is not foreseen.
 */
final class LikelyEvents<S> {
    private static final int KEPT_OF_A_KIND = 3;
    /** Greater than any id that a deployment has use for; each stranger of an event gets one of its own. */
    private static final long FIRST_STRANGER = 1L << 61;

    private final Machine<S> machine;
    private final Set<String> kinds = new HashSet<>();
    private final SortedMap<String, Deque<Event>> events = new TreeMap<>();

    LikelyEvents(Machine<S> machine) {
        this.machine = machine;
        if (machine.aggregates().isEmpty()) {
            // Features are the whole state then, and who comes: an event that is only like another one is never met.
            return;
        }
        for (HandlerDescription handler : machine.handlers()) {
            if (!handler.choicePoints().isEmpty() || !handler.choice().isEmpty()) {
                kinds.addAll(handler.events());
            }
        }
    }

    /** Whether there may be choices in this protocol that can be foreseen. */
    boolean arePossible() {
        return !kinds.isEmpty();
    }

    /** An event comes, to a node with this state. */
    void met(NodeId self, S state, Event event) {
        if (kinds.isEmpty()) {
            return;
        }
        String kind = event.kind();
        if (kinds.contains(kind)) {
            Event likely = event instanceof Event.Delivery delivery ? ofStrangers(self, state, delivery) : event;
            Deque<Event> same = events.computeIfAbsent(kind, added -> new ArrayDeque<>());
            same.remove(likely);
            same.addFirst(likely);
            if (same.size() > KEPT_OF_A_KIND) {
                same.removeLast();
            }
        }
    }

    /** The latest first, of each kind. */
    List<Event> all() {
        List<Event> all = new ArrayList<>();
        events.values().forEach(all::addAll);
        return all;
    }

    private Event ofStrangers(NodeId self, S state, Event.Delivery delivery) {
        Set<NodeId> known = new HashSet<>();
        known.add(self);
        SortedMap<NodeId, NodeId> strangers = new TreeMap<>();
        UnaryOperator<NodeId> naming = node -> known.contains(node)
                ? node
                : strangers.computeIfAbsent(node, met -> NodeId.of(FIRST_STRANGER + strangers.size()));
        Naming out = new Naming(naming);
        try {
            machine.write(state, new Naming(node -> {
                known.add(node);
                return node;
            }));
            NodeId from = naming.apply(delivery.from());
            machine.writeMessage(delivery.message(), out);
            return strangers.isEmpty()
                    ? delivery
                    : new Event.Delivery(from, machine.readMessage(new StateReader(out.toByteArray())));
        } catch (RuntimeException refused) {
            // The author's types may not be written in every state, and may not take just any name.
            return delivery;
        }
    }

    /** Gives nodes other names, or looks at them. */
    private static final class Naming extends StateWriter {
        private final UnaryOperator<NodeId> naming;

        Naming(UnaryOperator<NodeId> naming) {
            this.naming = naming;
        }

        @Override
        public void writeNodeId(NodeId value) {
            super.writeNodeId(naming.apply(value));
        }
    }
}
