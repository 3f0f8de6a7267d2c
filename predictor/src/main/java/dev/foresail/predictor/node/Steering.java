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

    /** Whether {@code event} may be handled in {@code state}; when not, it is turned away. */
    default boolean admits(Event event, S state) {
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
