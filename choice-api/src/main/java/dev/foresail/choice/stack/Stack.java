package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Crossing;
import dev.foresail.choice.machine.EventHandle;
import dev.foresail.choice.machine.Handover;
import dev.foresail.choice.machine.LayerCalls;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.Receivers;
import dev.foresail.choice.machine.ServiceCall;
import java.util.ArrayList;
import java.util.List;

/**
 * The local state of a node that runs several layers: their states. Used like any other state: by one thread at a time when something
 * runs on it, by any number that only look.
 *
 * <p>Idea: the fields by which layers call each other are bound to the stack that holds them, so that a copy calls within itself.
 */
public final class Stack {
    /** Who asks on this thread, while alternatives are listed. */
    private static final ThreadLocal<Asker> ASKING = ThreadLocal.withInitial(Asker::new);

    private final StackMachine machine;
    private final Wiring wiring;
    private final Object[] states;
    private final Handover records = new Messages();
    /** That of the running event. */
    private StackStep step = StackStep.NONE;
    /** That of all later events, made with the second: a state of a search handles one, and there are many of these. */
    private StackStep lasting = StackStep.NONE;

    private boolean hasBegun;

    /** @param states the layers' states, the top one first; they belong to this stack from now on */
    Stack(StackMachine machine, Object... states) {
        this.machine = machine;
        this.wiring = machine.wiring();
        this.states = states;
        for (int layer = 0; layer < states.length; layer++) {
            bind(layer);
        }
    }

    private void bind(int layer) {
        Machine<Object> own = wiring.machine(layer);
        if (own.uses().isEmpty() && own.provides().isEmpty()) {
            return;
        }
        List<Object> below = new ArrayList<>();
        for (int provider : wiring.providers(layer)) {
            below.add(wiring.machine(provider).downcalls(states[provider], new Downwards(layer, provider)));
        }
        own.bind(states[layer], below, new Upwards(layer), records);
    }

    /**
     * The state of a layer.
     *
     * @param protocol its class
     * @throws IllegalArgumentException when there is no such layer
     */
    public <L> L layer(Class<L> protocol) {
        for (Object state : states) {
            if (protocol.isInstance(state)) {
                return protocol.cast(state);
            }
        }
        throw new IllegalArgumentException(
                protocol.getName() + " is no layer of '" + String.join("/", wiring.names()) + "'");
    }

    /** The state of the layer at that place, from 0 at the top. */
    Object layer(int place) {
        return states[place];
    }

    @Override
    public String toString() {
        return String.join("/", wiring.names());
    }

    /** Begins an event; calls between layers are of it until {@link #end}. */
    StackStep begin(Node node) {
        step = lasting == StackStep.NONE ? newStep(node) : lasting;
        step.begin(node);
        return step;
    }

    private StackStep newStep(Node node) {
        StackStep next = new StackStep(wiring, records);
        if (hasBegun && !(node instanceof EventHandle)) {
            lasting = next;
        }
        hasBegun = true;
        return next;
    }

    void end() {
        // What lasts for one event is left with that event's handle, so that who keeps it asks no other.
        if (step == lasting) {
            step.end();
        }
        step = StackStep.NONE;
    }

    /** Who asks on one thread; nobody while nobody does. */
    static final class Asker {
        private Node node = StackStep.NOBODY;

        void answered() {
            node = StackStep.NOBODY;
        }
    }

    /** Says for this thread who asks, as guards may ask other layers, until {@link Asker#answered}. */
    static Asker asks(Node node) {
        Asker asker = ASKING.get();
        asker.node = node;
        return asker;
    }

    private final class Messages implements Handover {
        @Override
        public Record apply(Record message) {
            if (wiring.isFrozen(message.getClass()) || isFrozen(message)) {
                return message;
            }
            return step == StackStep.NONE
                    ? (Record) machine.freeze(message)
                    : keep((Record) machine.freeze(message, this));
        }

        @Override
        public boolean isFrozen(Record message) {
            return step.isFrozen(message);
        }

        @Override
        public Record keep(Record frozen) {
            StackStep current = step;
            // Several threads may ask outside of events.
            if (current != StackStep.NONE) {
                current.keepFrozen(frozen);
            }
            return frozen;
        }
    }

    private final class Downwards implements Crossing {
        private final int from;
        private final int to;

        Downwards(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public Node enter(int method) {
            StackStep current = step;
            if (current.isQuestion()) {
                checkQuestion(method);
                if (current == StackStep.NONE) {
                    // Several threads may look at one stack, so that questions write nothing into it.
                    return StackStep.question(wiring, ASKING.get().node).node(to);
                }
            }
            current.enter(from, to);
            return current.node(to);
        }

        @Override
        public void leave() {
            StackStep current = step;
            if (current != StackStep.NONE) {
                current.leave();
            }
        }

        @Override
        public String caller() {
            return wiring.names().get(from);
        }

        /** A call without a value is made for what it changes. */
        private void checkQuestion(int method) {
            ServiceCall call = wiring.provided(to).downcalls().get(method);
            if (!call.returnsValue()) {
                throw new ProtocolException(
                        "FS499",
                        "'" + caller() + "' makes the downcall '" + call
                                + "' while it is only asked something; guards, properties, metrics, aggregates and neighbours"
                                + " may call what returns a value and changes nothing");
            }
        }
    }

    private final class Upwards implements Receivers {
        private final int from;

        Upwards(int from) {
            this.from = from;
        }

        @Override
        public List<?> users() {
            List<Object> takers = new ArrayList<>();
            for (int user : wiring.users(from)) {
                takers.add(wiring.machine(user)
                        .upcalls(states[user], wiring.service(user, from), () -> step.node(user), records));
            }
            return takers;
        }

        private ServiceCall call(int method) {
            return wiring.provided(from).upcalls().get(method);
        }

        @Override
        public int named(int method, String layer) {
            if (isForNobody(method)) {
                return EVERYBODY;
            }
            int place = wiring.user(wiring.names().indexOf(layer), from);
            if (place < 0) {
                throw noReceiver(method, "'" + layer + "' is no layer that uses it");
            }
            return place;
        }

        @Override
        public int owner(int method, Record message) {
            if (message == null) {
                return caller(method);
            } else if (isForNobody(method)) {
                return EVERYBODY;
            }
            int place = wiring.receiver(wiring.layerOf(message), from);
            if (place < 0) {
                String type = message.getClass().getSimpleName();
                throw noReceiver(method, "the message " + type + " is of no layer that uses it");
            }
            return place;
        }

        @Override
        public int caller(int method) {
            if (isForNobody(method)) {
                return EVERYBODY;
            }
            int place = wiring.user(step.callerOf(from), from);
            int users = wiring.users(from).length;
            if (place < 0 && users > 1 && call(method).returnsValue()) {
                throw noReceiver(method, "several layers use it, and none of them has called");
            }
            return users == 1 ? 0 : place;
        }

        /** Whether no layer is there to take it. */
        private boolean isForNobody(int method) {
            if (step.isQuestion()) {
                throw new ProtocolException(
                        "FS499",
                        "'" + wiring.names().get(from) + "' makes the upcall '" + call(method)
                                + "' while it is only asked something");
            }
            if (wiring.users(from).length > 0) {
                return false;
            } else if (call(method).returnsValue()) {
                throw noReceiver(method, "no layer is above it");
            }
            step.node(from).note("nobody is above to take " + call(method).name());
            return true;
        }

        private ProtocolException noReceiver(int method, String why) {
            return LayerCalls.noReceiver(wiring.names().get(from), call(method), why);
        }
    }
}
