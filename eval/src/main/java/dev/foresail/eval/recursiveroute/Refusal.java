package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.NodeId;
import java.util.Optional;

/**
 * A message that was refused and waits for a word from here.
 *
 * @param from where it waits
 * @param blocked where there was no room: in the line to a next hop, in the layer above, which is this node itself; empty: in the queue
 */
public record Refusal(Ticket ticket, NodeId from, Optional<NodeId> blocked, long key) {}
