package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;

/**
 * A safety property began to be violated at a node.
 *
 * @param atNanos when it was seen, on the clock of the run
 */
public record Sighting(NodeId node, String property, long atNanos) {}
