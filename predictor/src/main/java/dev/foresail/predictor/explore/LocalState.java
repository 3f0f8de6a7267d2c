package dev.foresail.predictor.explore;

import java.util.HashMap;
import java.util.Map;

/**
 * A node's local state: everything that its handlers depend on. Interned per node; immutable but for what is remembered of
 * its outcomes, which is guarded by the lock of the node's {@link Cells}.
 */
final class LocalState {
    final int id;
    final boolean up;
    /** Never changed: whoever wants to run a handler copies it. */
    final Object state;
    /** A bit per timer, in the order of {@code Machine.timers()}. */
    final long armed;

    final Message[] deferred;
    final Content content;
    /** Of what properties see: up or down, and the state; mixed with the slot. */
    final long seenShare;
    /** The second 64 bits of the same. */
    final long seenSecondShare;
    /** A bit per peer's slot to which it is connected. */
    final long connections;
    /** A bit per safety property of single nodes that it violates. */
    final long violated;

    private final Map<Long, Outcome[]> outcomes = new HashMap<>();

    /** @param seen its shares in what properties see */
    LocalState(int id, Body body, Content content, Content seen, long connections, long violated) {
        this.id = id;
        this.up = body.up();
        this.state = body.state();
        this.armed = body.armed();
        this.deferred = body.deferred();
        this.content = content;
        this.seenShare = seen.first();
        this.seenSecondShare = seen.second();
        this.connections = connections;
        this.violated = violated;
    }

    /** A local state before it is interned. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Body(boolean up, Object state, long armed, Message[] deferred) {}

    Map<Long, Outcome[]> outcomes() {
        return outcomes;
    }

    boolean isConnectedTo(int slot) {
        return (connections >>> slot & 1) != 0;
    }
}
