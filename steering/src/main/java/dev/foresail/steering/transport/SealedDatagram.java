package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.wire.WireException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A datagram of a protocol as it goes over the network: {@value #HEADER_BYTES} bytes that say whose it is, then a frame, encrypted and
 * authenticated together with them (AES-128-GCM) by a key that the sender has told the receiver in its hello.
 *
 * @param schema of the sender's protocol; peers have the same
 * @param incarnation of the sender, at least 0
 * @param toIncarnation of the receiver, as the sender knows it, at least 0: what was for an earlier start is not taken by the next one
 * @param sequence another one for every datagram of the sender's start to this receiver, at least 1, so that no number is used twice with a key
 * @param bytes all of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SealedDatagram(
        long schema, NodeId from, NodeId to, long incarnation, long toIncarnation, long sequence, byte[] bytes) {
    static final int HEADER_BYTES = 53;

    private static final int MAGIC = 0x464F4447;
    private static final byte VERSION = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Whether a datagram may be one; false for all others, such as heartbeats. */
    static boolean isOne(byte[] datagram) {
        return datagram.length > HEADER_BYTES + TAG_BITS / Byte.SIZE
                && ByteBuffer.wrap(datagram).getInt() == MAGIC;
    }

    /** The key for datagrams that goes with one for heartbeats. */
    static SecretKeySpec key(HeartbeatKey told) {
        return new SecretKeySpec(told.derived("datagrams"), "AES");
    }

    /** The bytes of a datagram with that frame; {@code header} has no bytes of its own yet. */
    static byte[] seal(SealedDatagram header, SecretKeySpec key, byte[] frame) {
        byte[] start = ByteBuffer.allocate(HEADER_BYTES)
                .putInt(MAGIC)
                .put(VERSION)
                .putLong(header.schema)
                .putLong(header.from.value())
                .putLong(header.to.value())
                .putLong(header.incarnation)
                .putLong(header.toIncarnation)
                .putLong(header.sequence)
                .array();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, header.sequence, start);
            byte[] sealed = Arrays.copyOf(start, HEADER_BYTES + cipher.getOutputSize(frame.length));
            cipher.doFinal(frame, 0, frame.length, sealed, HEADER_BYTES);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES/GCM", impossible);
        }
    }

    /** Reads the header; who has sent it is not known before {@link #open}. */
    static SealedDatagram decode(byte[] datagram) throws WireException {
        if (!isOne(datagram) || datagram[Integer.BYTES] != VERSION) {
            throw new WireException("no datagram of this version");
        }
        ByteBuffer in = ByteBuffer.wrap(datagram).position(Integer.BYTES + 1);
        long schema = in.getLong();
        long from = in.getLong();
        long to = in.getLong();
        long incarnation = in.getLong();
        long toIncarnation = in.getLong();
        long sequence = in.getLong();
        if (from < 0 || to < 0 || incarnation < 0 || toIncarnation < 0 || sequence < 1) {
            throw new WireException("a datagram with a number out of its range");
        }
        return new SealedDatagram(
                schema, NodeId.of(from), NodeId.of(to), incarnation, toIncarnation, sequence, datagram);
    }

    /**
     * The frame in it.
     *
     * @throws WireException when it was not made with that key, or has been changed
     */
    byte[] open(SecretKeySpec key) throws WireException {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sequence, Arrays.copyOf(bytes, HEADER_BYTES));
            return cipher.doFinal(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
        } catch (GeneralSecurityException forged) {
            throw new WireException("a datagram that is not of " + from, forged);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, long sequence, byte[] header)
            throws GeneralSecurityException {
        byte[] nonce =
                ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(sequence).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher;
    }
}
