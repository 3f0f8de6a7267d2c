package dev.foresail.predictor.node;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;

/**
 * Is told what becomes of each event of a node, on the node's thread; must be quick, change nothing and throw nothing. Of an event that waits it is told
 * again once it is looked at again.
 */
public interface StepListener {
    /** Nobody wants to know. */
    StepListener NOBODY = new StepListener() {};

    /**
     * A handler has run; its effects take place next.
     *
     * @param atNanos when the event was looked at last, by the node's clock
     * @param step what the handler has done: to be read during the call only, but for the list of what it sends, which nobody changes any more
     */
    default void ran(Event event, long atNanos, Alternative alternative, Step<?> step) {}

    /**
     * Something else has become of an event. Of one whose effects could not take place, {@link #ran} was told before.
     *
     * @param atNanos when it was looked at last, by the node's clock
     */
    default void passed(Event event, long atNanos, Passing how) {}

    /** What may become of an event but that a handler runs. */
    enum Passing {
        /** No handler takes it. */
        DROPPED("dropped"),
        /** It waits for a handler to be enabled. */
        DEFERRED("deferred"),
        /** The handler, a guard or what its effects led to threw. */
        FAILED("failed"),
        /** Steering keeps it from having effect. */
        TURNED_AWAY("turned away");

        private final String label;

        Passing(String label) {
            this.label = label;
        }

        /** As files and people see it. */
        public String label() {
            return label;
        }
    }
}
