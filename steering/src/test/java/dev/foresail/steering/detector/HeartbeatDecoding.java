package dev.foresail.steering.detector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.wire.WireException;
import java.util.Arrays;

/** The decoder of heartbeats, for fuzzing. */
public final class HeartbeatDecoding {
    private static final HeartbeatKey KEY = new HeartbeatKey(1, 2);

    private HeartbeatDecoding() {}

    /** A datagram that is a heartbeat. */
    public static byte[] example() {
        return new Heartbeat(4711, NodeId.of(2), NodeId.of(1), 3, 4, true).encode(KEY);
    }

    /** What was decoded is encoded as it was, and only whoever knows the key makes it authentic. */
    public static void decode(byte[] datagram) throws WireException {
        Heartbeat heartbeat = Heartbeat.decode(datagram);
        byte[] again = heartbeat.encode(KEY);
        assertArrayEquals(Arrays.copyOf(datagram, 46), Arrays.copyOf(again, 46));
        assertEquals(Arrays.equals(datagram, again), Heartbeat.isAuthentic(datagram, KEY));
    }
}
