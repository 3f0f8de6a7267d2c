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

    /**
     * A node that has a runtime has come up or gone down, and its state is another one now. Nothing may be asked of the simulation in
     * here, which is in the midst of that: to be remembered until {@link #handled}. Of a node without a runtime that comes up, the event
     * that it then handles tells; and that nodes get runtimes changes no state and is not told.
     */
    default void replaced(NodeId node) {}
}
