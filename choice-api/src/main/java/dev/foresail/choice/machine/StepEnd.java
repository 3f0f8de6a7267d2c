package dev.foresail.choice.machine;

import dev.foresail.choice.Node;
import java.util.List;

/**
 * What follows the handler at the end of a step, as part of it: handlers of what has changed, and detectors. Generated; {@link StepEnds} says in which order it is
 * asked. Stateless and thread-safe, as its {@link Machine}.
 *
 * @param <S> the local state
 */
public interface StepEnd<S> {
    /** What handlers of changes compare, as it is now, independent of what becomes of {@code state}. Changes nothing. */
    Object watched(S state, Node node);

    /** Before each round: detectors forget whom they watch no longer, as handlers may watch what they count. */
    void forget(S state, Node node);

    /**
     * The names of handlers for which something is not as it was and whose guards hold, in the order of the source. Changes nothing.
     *
     * @param before what {@link #watched} has said
     */
    List<String> changed(S state, Object before, Node node);

    /**
     * Runs those handlers, in the order of the source, for which something has changed between two answers of {@link #watched} and
     * whose guards hold when their turn comes. A change whose handler's guards do not hold is kept in {@code after} for the rounds that follow.
     */
    void run(S state, Object before, Object after, Node node);

    /** The very last of a step: detectors set their timers. Runs no handler. */
    void settle(S state, Node node);
}
