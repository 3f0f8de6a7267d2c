package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.LayerCalls;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.Port;
import dev.foresail.choice.machine.ServiceCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    private final UnaryOperator<Record> records = this::frozen;
    private StackStep step = StackStep.NONE;

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
        List<Port> below = new ArrayList<>();
        for (int provider : wiring.providers(layer)) {
            below.add(new Downwards(layer, provider));
        }
        own.bind(states[layer], below, new Upwards(layer));
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
        step = new StackStep(wiring, Optional.of(node), false);
        return step;
    }

    void end() {
        step = StackStep.NONE;
    }

    /** Who asks on one thread; empty while nobody does. */
    static final class Asker {
        private Optional<Node> node = Optional.empty();

        void answered() {
            node = Optional.empty();
        }
    }

    /** Says for this thread who asks, as guards may ask other layers, until {@link Asker#answered}. */
    static Asker asks(Node node) {
        Asker asker = ASKING.get();
        asker.node = Optional.of(node);
        return asker;
    }

    private Object down(int from, int to, int method, Object[] arguments) {
        StackStep current = step;
        if (current.isQuestion()) {
            checkQuestion(from, wiring.provided(to).downcalls().get(method));
            if (current == StackStep.NONE) {
                // Several threads may look at one stack, so that questions write nothing into it.
                StackStep question = new StackStep(wiring, ASKING.get().node, true);
                return answer(from, to, method, arguments, question);
            }
        }
        current.enter(from, to);
        try {
            return answer(from, to, method, arguments, current);
        } finally {
            current.leave();
        }
    }

    private Object answer(int from, int to, int method, Object[] arguments, StackStep current) {
        return wiring.machine(to)
                .downcall(states[to], method, arguments, wiring.names().get(from), current.node(to));
    }

    /** A call without a value is made for what it changes. */
    private void checkQuestion(int from, ServiceCall call) {
        if (!call.returnsValue()) {
            throw new ProtocolException(
                    "FS499",
                    "'" + wiring.names().get(from) + "' makes the downcall '" + call
                            + "' while it is only asked something; guards, properties, metrics, aggregates and neighbours may"
                            + " call what returns a value and changes nothing");
        }
    }

    private Object up(int from, int method, Object[] arguments) {
        ServiceCall call = wiring.provided(from).upcalls().get(method);
        if (step.isQuestion()) {
            throw new ProtocolException(
                    "FS499",
                    "'" + wiring.names().get(from) + "' makes the upcall '" + call
                            + "' while it is only asked something");
        }
        int[] users = wiring.users(from);
        if (users.length == 0) {
            if (call.returnsValue()) {
                throw noReceiver(from, call, "no layer is above it");
            }
            step.node(from).note("nobody is above to take " + call.name());
            return Port.NOTHING;
        }
        int receiver = receiver(from, method, call, arguments);
        if (receiver >= 0) {
            return take(receiver, from, method, arguments);
        }
        if (users.length > 1 && call.returnsValue()) {
            throw noReceiver(from, call, "several layers use it, and none of them has called");
        }
        Object answer = Port.NOTHING;
        for (int user : users) {
            answer = take(user, from, method, arguments);
        }
        return answer;
    }

    private Object take(int receiver, int from, int method, Object[] arguments) {
        return wiring.machine(receiver)
                .upcall(states[receiver], wiring.service(receiver, from), method, arguments, step.node(receiver));
    }

    /** The one layer to which the upcall goes; -1 when it goes to all that use {@code from}. */
    private int receiver(int from, int method, ServiceCall call, Object[] arguments) {
        if (call.caller() >= 0) {
            int named = wiring.names().indexOf(String.valueOf(arguments[call.caller()]));
            if (!isUser(named, from)) {
                throw noReceiver(from, call, "'" + arguments[call.caller()] + "' is no layer that uses it");
            }
            return named;
        }
        int place = wiring.payload(from, method);
        Object payload = place >= 0 ? arguments[place] : null;
        if (payload == null) {
            return step.callerOf(from);
        }
        int owner = wiring.layerOf(payload);
        if (!isUser(owner, from)) {
            String type = payload.getClass().getSimpleName();
            throw noReceiver(from, call, "the message " + type + " is of no layer that uses it");
        }
        return owner;
    }

    private boolean isUser(int layer, int provider) {
        return layer >= 0 && wiring.isUser(layer, provider);
    }

    private ProtocolException noReceiver(int from, ServiceCall call, String why) {
        return LayerCalls.noReceiver(wiring.names().get(from), call, why);
    }

    /** The message as nobody can change it; one that was made so in this step is not looked through again. */
    private Record frozen(Record payload) {
        if (step == StackStep.NONE) {
            return (Record) machine.freeze(payload);
        }
        if (step.isFrozen(payload)) {
            return payload;
        }
        Record made = (Record) machine.freeze(payload, records);
        step.keepFrozen(made);
        return made;
    }

    private final class Downwards implements Port {
        private final int from;
        private final int to;

        Downwards(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public Object call(int method, Object... arguments) {
            return down(from, to, method, arguments);
        }

        @Override
        public Record freeze(Record payload) {
            return frozen(payload);
        }
    }

    private final class Upwards implements Port {
        private final int from;

        Upwards(int from) {
            this.from = from;
        }

        @Override
        public Object call(int method, Object... arguments) {
            return up(from, method, arguments);
        }

        @Override
        public Record freeze(Record payload) {
            return frozen(payload);
        }
    }
}
