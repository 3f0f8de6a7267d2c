package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.transport.AddressBook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loopback address for each node of a stage, kept over its restarts: a socket that is bound and does not listen holds the
 * port, so that a node that is down refuses connections and nobody else is given its port.
 */
final class LoopbackAddresses implements AddressBook, AutoCloseable {
    private final Map<NodeId, InetSocketAddress> addresses = new ConcurrentHashMap<>();
    private final Map<NodeId, SocketChannel> holders = new ConcurrentHashMap<>();

    LoopbackAddresses(Collection<NodeId> nodes) {
        try {
            for (NodeId node : nodes) {
                SocketChannel holder = SocketChannel.open();
                holders.put(node, holder);
                holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                addresses.put(node, (InetSocketAddress) holder.getLocalAddress());
            }
        } catch (IOException failure) {
            close();
            throw new NodeException("FS210", "cannot take a port on the loopback address: " + failure, failure);
        }
    }

    /** Those that another process holds. */
    LoopbackAddresses(Map<NodeId, InetSocketAddress> held) {
        addresses.putAll(held);
    }

    Map<NodeId, InetSocketAddress> all() {
        return Map.copyOf(addresses);
    }

    @Override
    public boolean knows(NodeId node) {
        return addresses.containsKey(node);
    }

    @Override
    public Optional<InetSocketAddress> addressOf(NodeId node) {
        return Optional.ofNullable(addresses.get(node));
    }

    /** Lets go of the port, for systems on which it cannot be listened on while it is held. */
    void letGo(NodeId node) {
        SocketChannel holder = holders.remove(node);
        if (holder != null) {
            closeQuietly(holder);
        }
    }

    private static void closeQuietly(SocketChannel holder) {
        try {
            holder.close();
        } catch (IOException ignored) {
            // Nothing was ever sent over it.
        }
    }

    @Override
    public void close() {
        holders.values().forEach(LoopbackAddresses::closeQuietly);
        holders.clear();
    }
}
