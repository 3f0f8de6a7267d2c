package dev.foresail.predictor.path;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.util.Optional;

/**
 * Is told by a node what it handles and what follows from it, and says which messages are on a path. On the node's thread; changes nothing of what the node does. The same
 * {@link Event} object is meant from {@link #came} to {@link #completed}.
 */
public interface PathFollower {
    /**
     * Nothing is on a path. Another one for each node: it is asked at every event, and one that nodes of several threads shared
     * would lie beside what one of them writes, in the same line of the processors' caches.
     */
    static PathFollower nobody() {
        return new PathFollower() {};
    }

    /** A message comes that carries this. */
    default void came(Event event, PathTag tag) {}

    /** A timer goes off. */
    default void fired(Event.TimerFired timer) {}

    /** The handler has run; its effects come next. */
    default void handled(Event event) {}

    /** What a message carries that the handler sends. */
    default Optional<PathTag> sends(NodeId to, Object message) {
        return Optional.empty();
    }

    /** The handler sets a timer, armed before or not. */
    default void sets(String timer) {}

    /** The handler cancels a timer. */
    default void cancels(String timer) {}

    /** The message waits for a handler to be enabled. */
    default void deferred(Event event) {}

    /** Steering keeps the event from having effect; a timer goes off again later. */
    default void turnedAway(Event event) {}

    /** The handler threw, or committing its effects did. */
    default void failed(Event event) {}

    /** The event is over for now. */
    default void completed(Event event) {}
}
