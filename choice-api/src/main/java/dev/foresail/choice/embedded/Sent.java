package dev.foresail.choice.embedded;

import dev.foresail.choice.NodeId;

/** A message that the node has sent. */
public record Sent(NodeId to, Object message) {}
