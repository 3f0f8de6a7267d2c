package dev.foresail.steering.detector;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.wire.WireException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A datagram that says that a node is alive: always {@value #BYTES} bytes, the last 16 of them an authenticator (HMAC-SHA256, cut
 * short) of the others.
 *
 * @param schema of the sender's protocol; peers have the same
 * @param incarnation of the sender, at least 0
 * @param sequence grows with every heartbeat of the sender's start, at least 1, so that none is heard twice
 * @param wanted whether the sender wants to hear of the receiver too
 */
record Heartbeat(long schema, NodeId from, NodeId to, long incarnation, long sequence, boolean wanted) {
    static final int BYTES = 62;

    private static final int MAGIC = 0x464F4842;
    private static final byte VERSION = 1;
    private static final int AUTHENTICATOR_BYTES = 16;
    private static final int CONTENT_BYTES = BYTES - AUTHENTICATOR_BYTES;

    byte[] encode(HeartbeatKey key) {
        ByteBuffer out = ByteBuffer.allocate(BYTES)
                .putInt(MAGIC)
                .put(VERSION)
                .put((byte) (wanted ? 1 : 0))
                .putLong(schema)
                .putLong(from.value())
                .putLong(to.value())
                .putLong(incarnation)
                .putLong(sequence);
        out.put(authenticator(key, out.array(), CONTENT_BYTES));
        return out.array();
    }

    /** Reads a datagram; who has sent it is not known before {@link #isAuthentic}. */
    static Heartbeat decode(byte[] datagram) throws WireException {
        if (datagram.length != BYTES) {
            throw new WireException("no heartbeat: it has " + datagram.length + " bytes, not " + BYTES);
        }
        ByteBuffer in = ByteBuffer.wrap(datagram);
        if (in.getInt() != MAGIC || in.get() != VERSION) {
            throw new WireException("no heartbeat of this version");
        }
        byte wanted = in.get();
        long schema = in.getLong();
        long from = in.getLong();
        long to = in.getLong();
        long incarnation = in.getLong();
        long sequence = in.getLong();
        if (wanted < 0 || wanted > 1 || from < 0 || to < 0 || incarnation < 0 || sequence < 1) {
            throw new WireException("a heartbeat with a number out of its range");
        }
        return new Heartbeat(schema, NodeId.of(from), NodeId.of(to), incarnation, sequence, wanted == 1);
    }

    /** Whether whoever has made the datagram, which is a heartbeat, knew the key. */
    static boolean isAuthentic(byte[] datagram, HeartbeatKey key) {
        return MessageDigest.isEqual(
                authenticator(key, datagram, CONTENT_BYTES), Arrays.copyOfRange(datagram, CONTENT_BYTES, BYTES));
    }

    /** @return 16 bytes */
    static byte[] authenticator(HeartbeatKey key, byte[] content, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
            mac.update(content, 0, length);
            return Arrays.copyOf(mac.doFinal(), AUTHENTICATOR_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
