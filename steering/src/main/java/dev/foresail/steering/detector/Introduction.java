package dev.foresail.steering.detector;

import dev.foresail.choice.NodeId;
import java.net.InetSocketAddress;

/**
 * What a node needs to know of a peer to exchange heartbeats with it.
 *
 * @param incarnation the start of the peer that has said so
 * @param key by which its heartbeats are known
 * @param address where it takes heartbeats
 */
public record Introduction(NodeId peer, long incarnation, HeartbeatKey key, InetSocketAddress address) {}
