package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;

/** Is told what a node does, on the node's thread; must be quick and change nothing. */
public interface NodeObserver {
    /** Nobody watches. */
    NodeObserver NONE = new NodeObserver() {};

    /** An event is about to be handled, perhaps not for the first time: one that was parked is looked at again. */
    default void handles(Event event) {}

    /** A choice was made. */
    default void decided(Decision decision) {}

    /** A handler ran (or the event was dropped) and its effects are committed. */
    default void handled(Event event) {}

    /** A request to {@code peer} was answered after {@code nanos}: a passive measurement of the round trip. */
    default void roundTrip(NodeId peer, long nanos) {}

    /** The peer has asked for, or forced, more checkpoints than it may; what was beyond is ignored. */
    default void limited(NodeId peer) {}

    /** A round of gathering the neighbours' checkpoints has ended. */
    default void gathered() {}

    /** A round of gathering checkpoints, or an answer to a peer's, waits because it would be beyond the budget. */
    default void heldBack() {}

    /** The peer has sent a checkpoint that cannot be, for the reason given; it is ignored. */
    default void doubted(NodeId peer, String reason) {}

    /** The author's code threw when it was to name the node's neighbours; those that it named last count as they did. */
    default void neighboursUnanswered(RuntimeException failure) {}

    /** The connection to {@code peer} is broken. */
    default void lost(NodeId peer) {}
}
