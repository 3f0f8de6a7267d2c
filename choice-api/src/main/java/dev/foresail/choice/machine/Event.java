package dev.foresail.choice.machine;

import dev.foresail.choice.NodeId;
import java.util.List;

/** What happens to a node; the argument of one atomic step. Immutable. */
public sealed interface Event {
    /**
     * What kind of event it is, in the protocol's terms: {@code start}, {@code restart}, {@code message Join}, {@code timer probe}, {@code call
     * join}, {@code connection error}, {@code suspicion}.
     */
    default String kind() {
        if (this instanceof Delivery delivery) {
            return "message " + delivery.message().getClass().getSimpleName();
        } else if (this instanceof TimerFired timer) {
            return "timer " + timer.name();
        } else if (this instanceof Call call) {
            return "call " + call.name();
        } else if (this instanceof ConnectionError) {
            return "connection error";
        } else if (this instanceof Suspicion) {
            return "suspicion";
        }
        return this instanceof Restart ? "restart" : "start";
    }

    /** The first start. */
    record Start() implements Event {}

    /** A start after a crash. */
    record Restart() implements Event {}

    /** {@code message} from {@code from} is received. */
    record Delivery(NodeId from, Object message) implements Event {}

    /** The timer {@code name} fires. */
    record TimerFired(String name) implements Event {}

    /** The application calls {@code name}. */
    record Call(String name, List<Object> arguments) implements Event {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** The connection to {@code peer} is broken. */
    record ConnectionError(NodeId peer) implements Event {}

    /** The failure detector suspects that {@code peer} is dead or cut off; whatever connection there is may be whole. */
    record Suspicion(NodeId peer) implements Event {}
}
