package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.NodeId;

/**
 * A message that was refused and waits for a word from here.
 *
 * @param from where it waits
 * @param blocked for whom there was no room: a next hop, or this node itself for the layer above
 */
public record Refusal(Ticket ticket, NodeId from, NodeId blocked, long key) {}
