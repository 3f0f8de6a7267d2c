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
     * A node has handled an event, or kept it from having effect.
     *
     * @param state the node's own, to be read during the call only and not to be changed
     * @param atNanos of {@link RealClock#nanos}
     */
    default void handled(NodeId node, S state, long atNanos) {}

    /** A node has looked ahead, and its event filters are in place. */
    default void lookedAhead(NodeId node, LookAhead round) {}

    /**
     * Steering has come in.
     *
     * @param atNanos of {@link RealClock#nanos}
     */
    default void intervened(Intervention intervention, long atNanos) {}
}
