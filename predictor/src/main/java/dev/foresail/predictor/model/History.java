package dev.foresail.predictor.model;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Step;
import java.util.List;

/**
 * What an observer of the whole system remembers: an auxiliary variable that is part of the world, for properties that no
 * local state can tell, such as linearisability. Implementations are stateless and deterministic; the values are
 * immutable.
 *
 * @param <H> what is remembered
 */
public interface History<H> {
    /** Before anything has happened; the starts and calls of an initial world are told one after the other. */
    H initial();

    /** After {@code action}, in whose course {@code sends} were sent, in this order. */
    H after(H history, Action action, List<Step.Send> sends);

    /** Writes canonical bytes: equal values give equal bytes, different values different ones. */
    void write(H history, StateWriter out);

    /** What is remembered, for people, on one line. */
    default String describe(H history) {
        return history.toString();
    }
}
