package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.foresight.Danger;
import java.util.Locale;

/**
 * An event was kept from having effect, or, where a node only observes, would have been.
 *
 * @param property the safety property that it would have violated
 * @param handler the handler that ran on trial
 * @param kind how it was noticed, and what came of it
 * @param steered whether it was kept from having effect
 */
public record Intervention(NodeId node, Event event, String handler, String property, Kind kind, boolean steered) {
    /** How an event is kept from having effect. */
    public enum Kind {
        /** An alternative of a choice led, as foreseen, to a violation, and another was left. */
        VETO,
        /** All there was to do led, as foreseen, to a violation. */
        FILTER,
        /** What the handler did on trial was a violation (the immediate safety check). */
        CHECK;

        /** The name in status, metrics and reports. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Hears of interventions, on the node's thread. */
    @FunctionalInterface
    public interface Listener {
        void intervened(Intervention intervention);

        /** A path to a violation was found that was not known before. */
        default void foreseen(Danger danger) {}

        /** The author's code threw, so that nothing was foreseen, or a filter could not be asked and let the event pass. */
        default void unanswered(RuntimeException failure) {}

        /**
         * A path to a violation was found on which nodes answer of which nothing is known: the first of those that violate
         * its property. Nothing is done about it.
         */
        default void possible(Danger danger) {}

        /** A round of looking ahead has ended. */
        default void lookedAhead(LookAhead round) {}

        /** A neighbour was told of a path that concerns it. */
        default void told(NodeId peer, Danger danger) {}

        /** A peer has told of a path, which is gone along in the next look ahead unless it is known. */
        default void advised(NodeId peer) {}

        /** What a peer has told is of no use. */
        default void adviceRefused(NodeId peer, String reason) {}

        /** A peer tells more often than it may. */
        default void adviceLimited(NodeId peer) {}

        /** An event filter was put in place that was not there before. */
        default void installed(EventFilter filter) {}
    }
}
