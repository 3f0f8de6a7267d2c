package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Where the nodes of the system are. Thread-safe. */
public interface AddressBook {
    /** Whether {@code node} is of the system; others are not talked to. */
    boolean knows(NodeId node);

    /** Where {@code node} listens; empty when nobody knows. */
    Optional<InetSocketAddress> addressOf(NodeId node);
}
