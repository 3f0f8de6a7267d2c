package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.wire.WireException;
import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Datagrams that somebody else has made, changed or sent again. */
final class SealedDatagramTest {
    private static final SecretKeySpec KEY = SealedDatagram.key(new HeartbeatKey(1, 2));
    private static final byte[] FRAME = "a frame".getBytes(StandardCharsets.UTF_8);

    private static byte[] sealed() {
        return SealedDatagram.seal(new SealedDatagram(5, NodeId.of(1), NodeId.of(2), 7, 8, 9, new byte[0]), KEY, FRAME);
    }

    @Test
    void whatWasSealedIsReadWithTheKeyAlone() throws WireException {
        SealedDatagram read = SealedDatagram.decode(sealed());
        assertEquals(NodeId.of(1), read.from());
        assertEquals(NodeId.of(2), read.to());
        assertEquals(7, read.incarnation());
        assertEquals(8, read.toIncarnation());
        assertArrayEquals(FRAME, read.open(KEY));
        SecretKeySpec other = SealedDatagram.key(new HeartbeatKey(1, 3));
        assertThrows(WireException.class, () -> read.open(other));
        assertFalse(new String(sealed(), StandardCharsets.ISO_8859_1).contains("a frame"), "it is encrypted");
    }

    @Test
    void nothingInItCanBeChanged() {
        for (int at = 0; at < sealed().length; at++) {
            byte[] changed = sealed();
            changed[at] ^= 1;
            int place = at;
            assertThrows(
                    WireException.class, () -> SealedDatagram.decode(changed).open(KEY), () -> "byte " + place);
        }
    }

    @Test
    void heartbeatsAndScrapsAreNoDatagrams() {
        assertTrue(SealedDatagram.isOne(sealed()));
        assertFalse(SealedDatagram.isOne(new byte[62]));
        assertFalse(SealedDatagram.isOne(new byte[0]));
        assertThrows(WireException.class, () -> SealedDatagram.decode(new byte[100]));
    }

    @Test
    void aNumberIsTakenOnceAndAnOldOneNever() {
        ReplayWindow window = new ReplayWindow();
        assertTrue(window.take(2));
        assertTrue(window.take(1), "it was overtaken");
        assertFalse(window.take(2));
        assertTrue(window.take(2 + ReplayWindow.SIZE));
        assertFalse(window.take(2), "too old to be told from another");
        assertTrue(window.take(3));
        assertTrue(window.take(10L * ReplayWindow.SIZE));
        assertTrue(window.take(10L * ReplayWindow.SIZE - 1));
        assertFalse(window.take(3));
    }
}
