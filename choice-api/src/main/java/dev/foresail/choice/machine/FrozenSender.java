package dev.foresail.choice.machine;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;

/** The handle of an engine that can be told that a message need not be made so that nobody can change it. Not thread-safe. */
public interface FrozenSender extends Node {
    /**
     * As {@link #send}.
     *
     * @param message what {@link Machine#freeze} has given
     */
    void sendFrozen(NodeId to, Object message);
}
