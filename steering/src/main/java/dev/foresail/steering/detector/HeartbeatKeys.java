package dev.foresail.steering.detector;

import dev.foresail.choice.NodeId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The keys of one start of a node, one for each peer: a peer cannot speak for this node to another. Immutable, thread-safe.
 */
public final class HeartbeatKeys {
    private final Optional<HeartbeatKey> secret;

    private HeartbeatKeys(Optional<HeartbeatKey> secret) {
        this.secret = secret;
    }

    /** New keys, which nobody can guess. */
    public static HeartbeatKeys draw() {
        SecureRandom random = new SecureRandom();
        return new HeartbeatKeys(Optional.of(new HeartbeatKey(random.nextLong(), random.nextLong())));
    }

    /** Those of a node that sends no heartbeats. */
    public static HeartbeatKeys none() {
        return new HeartbeatKeys(Optional.empty());
    }

    /** What {@code peer} is told in the hello. */
    public HeartbeatKey of(NodeId peer) {
        return secret.map(drawn -> derived(drawn, peer)).orElse(HeartbeatKey.NONE);
    }

    private static HeartbeatKey derived(HeartbeatKey secret, NodeId peer) {
        byte[] name = ByteBuffer.allocate(Long.BYTES).putLong(peer.value()).array();
        ByteBuffer derived = ByteBuffer.wrap(Heartbeat.authenticator(secret, name, name.length));
        return new HeartbeatKey(derived.getLong(), derived.getLong());
    }
}
