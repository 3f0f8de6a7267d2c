package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;

/**
 * An event was kept from having effect, or, where a node only observes, would have been.
 *
 * @param property the safety property that it would have violated
 * @param handler the handler that ran on trial
 * @param steered whether it was kept from having effect
 */
public record Intervention(NodeId node, Event event, String handler, String property, boolean steered) {
    /** Hears of interventions, on the node's thread. */
    @FunctionalInterface
    public interface Listener {
        void intervened(Intervention intervention);
    }
}
