package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import java.util.List;

/**
 * Stands between the events of a node and their handlers and may keep one from having effect (execution steering,
 * CrystalBall section 4). Called on the node's thread only; never blocks, and changes no state.
 *
 * <p>An event that is turned away: a message is dropped and the connection to its sender broken, a timer fires later, a call
 * is refused. Starts, restarts and connection errors have happened already and cannot be turned away.
 *
 * @param <S> the protocol's state
 */
public interface Steering<S> {
    /** Everything passes. */
    static <S> Steering<S> none() {
        return new Steering<>() {};
    }

    /** Whether neighbours' checkpoints are to be gathered for it, whenever the node's state has changed. */
    default boolean looksAhead() {
        return false;
    }

    /** Told once, before the first event. */
    default void attached(SteeredNode<S> node) {}

    /** Told once, when other steering has taken its place: what it has under way has no effect any more. */
    default void replaced() {}

    /** Told of each message as it is sent. */
    default void sent(NodeId to, Object message) {}

    /** Told after each event. */
    default void handled() {}

    /**
     * A peer says that a path leads to a violation; whether it does is for this node to find out.
     *
     * @param path as the peer's steering has given it to {@link SteeredNode#advise}
     */
    default void advised(NodeId peer, String path) {}

    /** Told when a round of gathering the neighbours' checkpoints has ended. */
    default void gathered() {}

    /**
     * Those of the alternatives of {@code event} that may be taken in {@code state}; when there were some and none is left, the
     * event is turned away. Asked only about events that can be turned away, before anything of them has happened.
     *
     * @param sequence of a message that is counted on its channel, its place there; else 0
     */
    default List<Alternative> admitted(Event event, long sequence, List<Alternative> alternatives, S state) {
        return alternatives;
    }

    /** Whether the effects of {@code event} are tried before they are committed. */
    default boolean tries(Event event) {
        return false;
    }

    /**
     * Whether effects that were tried may be committed whatever the state was before, which then need not be found out; when
     * not, {@link #accepts} is asked.
     *
     * @param after the state after the handler
     */
    default boolean isHarmless(Event event, Alternative taken, S after) {
        return false;
    }

    /**
     * Whether effects that were tried may be committed; when not, another alternative of the event is tried, and when none
     * is left the event is turned away.
     *
     * @param before the state before the handler
     * @param after the state after it
     * @param step what it sends and arms
     */
    default boolean accepts(Event event, Alternative taken, S before, S after, Step<S> step) {
        return true;
    }
}
