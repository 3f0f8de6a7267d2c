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

/**
 * The local state of a node that runs several layers: their states. Used like any other state: by one thread at a time when something
 * runs on it, by any number that only look.
 *
 * <p>Idea: the fields by which layers call each other are bound to the stack that holds them, so that a copy calls within itself.
 */
public final class Stack {
    /** Who asks on this thread, while alternatives are listed. */
    private static final ThreadLocal<Optional<Node>> ASKING = ThreadLocal.withInitial(Optional::empty);

    private final StackMachine machine;
    private final Wiring wiring;
    private final Object[] states;
    private Step step = Step.NONE;

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
    Step begin(Node node) {
        step = new Step(wiring, Optional.of(node));
        return step;
    }

    void end() {
        step = Step.NONE;
    }

    /** Says for this thread who asks, as guards may ask other layers, until {@link #answered}. */
    static void asks(Node node) {
        ASKING.set(Optional.of(node));
    }

    static void answered() {
        ASKING.set(Optional.empty());
    }

    private Object down(int from, int to, int method, Object[] arguments) {
        // Several threads may look at one stack, so that questions write nothing into it.
        Step current = step == Step.NONE ? new Step(wiring, ASKING.get()) : step;
        current.enter(from, to);
        try {
            return wiring.machine(to)
                    .downcall(states[to], method, arguments, wiring.names().get(from), current.node(to));
        } finally {
            current.leave();
        }
    }

    private Object up(int from, int method, Object[] arguments) {
        ServiceCall call = wiring.provided(from).upcalls().get(method);
        String layer = wiring.names().get(from);
        if (step == Step.NONE) {
            throw new ProtocolException(
                    "FS499", "'" + layer + "' makes the upcall '" + call + "' while it is only asked something");
        }
        int[] users = wiring.users(from);
        if (users.length == 0) {
            if (call.returnsValue()) {
                throw LayerCalls.noReceiver(layer, call, "no layer is above it");
            }
            step.node(from).note("nobody is above to take " + call.name());
            return Port.NOTHING;
        }
        int receiver = receiver(from, call, arguments);
        if (receiver >= 0) {
            return take(receiver, from, method, arguments);
        }
        if (users.length > 1 && call.returnsValue()) {
            throw LayerCalls.noReceiver(layer, call, "several layers use it, and none of them has called");
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
    private int receiver(int from, ServiceCall call, Object[] arguments) {
        if (call.caller() >= 0) {
            int named = wiring.names().indexOf(String.valueOf(arguments[call.caller()]));
            return checked(named, from, call, "'" + arguments[call.caller()] + "' is no layer that uses it");
        }
        Object payload = call.payload() >= 0 ? arguments[call.payload()] : Port.NOTHING;
        if (payload != null && payload != Port.NOTHING) {
            return checked(
                    wiring.layerOf(payload),
                    from,
                    call,
                    "the message " + payload.getClass().getSimpleName() + " is of no layer that uses it");
        }
        return step.callerOf(from);
    }

    private int checked(int receiver, int from, ServiceCall call, String otherwise) {
        if (receiver < 0 || !wiring.isUser(receiver, from)) {
            throw LayerCalls.noReceiver(wiring.names().get(from), call, otherwise);
        }
        return receiver;
    }

    private Record frozen(Record payload) {
        return (Record) machine.freeze(payload);
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
