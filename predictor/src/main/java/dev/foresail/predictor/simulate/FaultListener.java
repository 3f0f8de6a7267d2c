package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;

/** Follows what goes wrong in a simulation from outside. On the simulation's thread. */
interface FaultListener {
    /**
     * Something goes wrong with a node, or right again.
     *
     * @param what a sentence without the node, which is its subject
     */
    void atNode(NodeId node, String what);

    /**
     * Something goes wrong on the way from one node to another.
     *
     * @param what a sentence with {@code %s} for the way, such as {@code from n1 to n2}
     */
    void between(NodeId from, NodeId to, String what);

    /**
     * Chance has something in store for a message.
     *
     * @param what such as {@code lost}
     */
    void toMessage(NodeId from, NodeId to, String what, Object message);
}
