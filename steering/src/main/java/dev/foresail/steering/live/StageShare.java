package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which nodes of a {@link LiveStage} are in this process. Where several processes play one scenario, each plays all of it by the same draws and has its own nodes: a node of another process starts, crashes and is called there, and its state is not seen here. Such scenarios start, crash and call nodes, and do
 * nothing else to them; what they do must not hang on the states of nodes, but for calls of the same node. Frames of several processes do not wait for each other at a downlink.
 *
 * @param hosts asked with a node of the system
 * @param addresses where all nodes listen, as another process has chosen and holds them; empty: this one does
 */
public record StageShare(Predicate<NodeId> hosts, Map<NodeId, InetSocketAddress> addresses) {
    /** All nodes are here. */
    public static final StageShare WHOLE = new StageShare(node -> true, Map.of());

    public StageShare {
        addresses = Map.copyOf(addresses);
    }
}
