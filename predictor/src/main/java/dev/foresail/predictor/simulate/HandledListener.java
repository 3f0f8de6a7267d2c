package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;

/** Follows what the nodes of a simulation handle. On the simulation's thread. */
@FunctionalInterface
public interface HandledListener {
    /** Nobody wants to know. */
    HandledListener NOBODY = (node, event) -> {};

    /** A node has handled an event, or has dropped it; the effects are committed. */
    void handled(NodeId node, Event event);
}
