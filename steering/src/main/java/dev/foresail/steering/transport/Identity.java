package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;

/**
 * Who a node is to its peers.
 *
 * @param protocol the protocol's short name; peers must speak the same
 * @param schema {@link dev.foresail.choice.machine.Machine#schema()}; peers must have the same
 * @param incarnation grows with every start of the node, at least 0
 */
public record Identity(String protocol, long schema, NodeId self, long incarnation) {}
