package dev.foresail.steering.detector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * By which a peer knows a node's heartbeats to it for that node's: 128 bits that the node has told it in its hello, over TLS
 * where there is security.
 */
public record HeartbeatKey(long high, long low) {
    /** In the hello of a node without a failure detector, or of one that refuses: no heartbeat will come. */
    public static final HeartbeatKey NONE = new HeartbeatKey(0, 0);

    byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    /**
     * A key for another purpose, from which this one cannot be told.
     *
     * @return 16 bytes
     */
    public byte[] derived(String purpose) {
        byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
        return Heartbeat.authenticator(this, name, name.length);
    }

    /** Says nothing: whoever reads a log is not to know it. */
    @Override
    public String toString() {
        return "HeartbeatKey[...]";
    }
}
