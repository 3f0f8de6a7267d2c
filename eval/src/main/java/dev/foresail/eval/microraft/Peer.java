package dev.foresail.eval.microraft;

import dev.foresail.choice.NodeId;
import io.microraft.RaftEndpoint;
import org.jspecify.annotations.Nullable;

/** A member of a group as MicroRaft knows it. A value: MicroRaft has hash maps by members, whose order must not change from run to run. */
record Peer(NodeId id) implements RaftEndpoint {
    @Override
    public Object getId() {
        return id.value();
    }

    /** @param endpoint one that was made here */
    static NodeId idOf(RaftEndpoint endpoint) {
        return ((Peer) endpoint).id();
    }

    // Asked for with every message: quicker than what a record has by itself.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Peer peer && peer.id.value() == id.value();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id.value());
    }
}
