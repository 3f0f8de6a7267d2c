package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.util.Optional;

/**
 * Gives a runtime what its node had under way before it got one: until then a simulation of very many nodes has kept it in a table. In
 * the order in which it came about. Not thread-safe.
 */
public final class UnderWay {
    private final Timers timers;
    private final DeferredMessages deferred;
    private final Neighbourhood<?> neighbourhood;

    UnderWay(Timers timers, DeferredMessages deferred, Neighbourhood<?> neighbourhood) {
        this.timers = timers;
        this.deferred = deferred;
        this.neighbourhood = neighbourhood;
    }

    /** A timer is armed. */
    public void timer(String name, long leftNanos) {
        timers.set(name, leftNanos);
    }

    /** A message has been sent and not arrived; returns it as it is under way. */
    public Envelope sent(NodeId to, Object message) {
        return neighbourhood.booked(to, message);
    }

    /** A message is to be sent now. */
    public void send(NodeId to, Object message) {
        neighbourhood.send(to, message, Optional.empty());
    }

    /** A message has been received and not been handled. */
    public void deferred(Event.Delivery message) {
        deferred.defer(message);
    }
}
