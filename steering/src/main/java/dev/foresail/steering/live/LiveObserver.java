package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.LookAhead;

/**
 * Sees what the nodes of a {@link LiveStage} do as it happens. Called on the event loop of the node in question, so by
 * several threads at once: must be thread-safe and quick, and throw nothing.
 *
 * @param <S> the protocol's state
 */
public interface LiveObserver<S> {
    /** Sees nothing. */
    static <S> LiveObserver<S> none() {
        return new LiveObserver<>() {};
    }

    /**
     * A node has handled an event, or kept it from having effect. Who wants to know when asks {@link RealClock#nanos}: to read the clock
     * for every event whether or not anybody listens would slow down a node that handles millions of them a second.
     *
     * @param state the node's own, to be read during the call only and not to be changed
     */
    default void handled(NodeId node, S state) {}

    /** A node has looked ahead, and its event filters are in place. */
    default void lookedAhead(NodeId node, LookAhead round) {}

    /**
     * Steering has come in.
     *
     * @param atNanos of {@link RealClock#nanos}
     */
    default void intervened(Intervention intervention, long atNanos) {}
}
