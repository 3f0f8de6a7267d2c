package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;

/**
 * Whose doing something is.
 *
 * @param node the node, for people
 * @param event what it handled or has caused, for people, without the node
 */
record Culprit(String node, String event) {
    /** Whatever happens that no node has caused. */
    static final Culprit SCENARIO = new Culprit("the scenario", "an action");

    static Culprit of(NodeId node, Event event) {
        return new Culprit(node.toString(), ViolationText.what(event));
    }

    @Override
    public String toString() {
        return node + " " + event;
    }
}
