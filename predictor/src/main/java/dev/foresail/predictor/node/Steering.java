package dev.foresail.predictor.node;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;

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

    /** Told after each event, and whenever neighbours' checkpoints have come. */
    default void changed() {}

    /**
     * Whether an alternative of {@code event} may be taken in {@code state}; one that may not is vetoed, and when none is left
     * the event is turned away. Asked only about events that can be turned away.
     *
     * @param sequence of a message that is counted on its channel, its place there; else 0
     */
    default boolean admits(Event event, long sequence, Alternative alternative, S state) {
        return true;
    }

    /** Whether the effects of {@code event} are tried before they are committed, which costs a copy of the state. */
    default boolean tries(Event event) {
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
