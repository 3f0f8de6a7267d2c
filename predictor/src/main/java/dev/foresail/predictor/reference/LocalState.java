package dev.foresail.predictor.reference;

import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/**
 * What a node has of its own: up or down, state, armed timers, deferred messages in order. Nobody changes the state: who
 * runs a handler copies it first.
 */
final class LocalState<S> {
    private static final byte[] NOT_WRITTEN_YET = new byte[0];

    private final boolean up;
    private final S state;
    private final SortedSet<String> armed;
    private final List<Event.Delivery> deferred;
    private byte[] canonicalBytes = NOT_WRITTEN_YET;

    LocalState(boolean up, S state, SortedSet<String> armed, List<Event.Delivery> deferred) {
        this.up = up;
        this.state = state;
        this.armed = Collections.unmodifiableSortedSet(armed);
        this.deferred = Collections.unmodifiableList(deferred);
    }

    /** A node with nothing but its state. */
    static <S> LocalState<S> bare(boolean up, S state) {
        return new LocalState<>(up, state, Collections.emptySortedSet(), List.of());
    }

    boolean isUp() {
        return up;
    }

    S state() {
        return state;
    }

    SortedSet<String> armed() {
        return armed;
    }

    List<Event.Delivery> deferred() {
        return deferred;
    }

    /** Most worlds share most local states with the one before: each is written once. */
    byte[] canonicalBytes(Machine<S> machine) {
        if (canonicalBytes == NOT_WRITTEN_YET) {
            StateWriter out = new StateWriter();
            out.writeBoolean(up);
            machine.write(state, out);
            out.writeSize(armed.size());
            armed.forEach(out::writeString);
            out.writeSize(deferred.size());
            for (Event.Delivery delivery : deferred) {
                out.writeNodeId(delivery.from());
                machine.writeMessage(delivery.message(), out);
            }
            canonicalBytes = out.toByteArray();
        }
        return canonicalBytes;
    }
}
