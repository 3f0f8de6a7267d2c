package dev.foresail.predictor.model;

import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import java.util.Arrays;

/**
 * Says whether two actions are the same one. Messages count by their canonical bytes, as they do in worlds: to Java two
 * may be equal that a handler can tell apart, as a record may say itself what equals it. Pure functions.
 */
public final class SameAction {
    private SameAction() {}

    /** Whether both are the same thing with the same decisions. */
    public static boolean areSame(Machine<?> machine, Action one, Action other) {
        if (one instanceof Action.Handle handle
                && other instanceof Action.Handle otherHandle
                && handle.event() instanceof Event.Delivery delivery
                && otherHandle.event() instanceof Event.Delivery otherDelivery) {
            return handle.node().equals(otherHandle.node())
                    && delivery.from().equals(otherDelivery.from())
                    && handle.decisions().equals(otherHandle.decisions())
                    && areSameMessages(machine, delivery.message(), otherDelivery.message());
        } else if (one instanceof Action.Loss loss && other instanceof Action.Loss otherLoss) {
            return loss.node().equals(otherLoss.node())
                    && loss.from().equals(otherLoss.from())
                    && areSameMessages(machine, loss.message(), otherLoss.message());
        }
        return one.equals(other);
    }

    private static boolean areSameMessages(Machine<?> machine, Object one, Object other) {
        return one == other || Arrays.equals(bytes(machine, one), bytes(machine, other));
    }

    private static byte[] bytes(Machine<?> machine, Object message) {
        StateWriter out = new StateWriter();
        machine.writeMessage(message, out);
        return out.toByteArray();
    }
}
