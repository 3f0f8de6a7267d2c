package dev.foresail.network.coordinate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CoordinateCodecTest {
    private static final Coordinate SOMEWHERE =
            Coordinate.of(new float[] {1.5f, -200, 0.001f, 0, 9_999, -3, 7, 80}, 12.25f, 0.07f);

    @Test
    void whatIsReadIsWhatWasWritten() {
        byte[] bytes = CoordinateCodec.encode(SOMEWHERE);
        assertEquals(CoordinateCodec.BYTES, bytes.length);
        assertEquals(SOMEWHERE, CoordinateCodec.decode(bytes));
        ByteBuffer header = ByteBuffer.allocate(CoordinateCodec.BYTES + 4).putInt(42);
        CoordinateCodec.write(SOMEWHERE, header);
        header.flip().getInt();
        assertEquals(SOMEWHERE, CoordinateCodec.read(header));
        assertEquals(0, header.remaining());
    }

    @Test
    void whateverIsNoCoordinateIsRefusedWithTheReason() {
        byte[] bytes = CoordinateCodec.encode(SOMEWHERE);
        assertRefused(new byte[0], "[FS360] a coordinate has 41 bytes, not 0");
        assertRefused(new byte[42], "[FS360] a coordinate has 41 bytes, not 42");
        assertRefused(with(bytes, 0, (byte) 9), "version 9 cannot be read; expected version 1");
        assertRefused(withFloat(bytes, 1, Float.NaN), "within 10000.0 ms of 0, not NaN");
        assertRefused(withFloat(bytes, 29, Float.NEGATIVE_INFINITY), "not -Infinity");
        assertRefused(withFloat(bytes, 33, -1), "a height is from 0 to 10000.0 ms, not -1.0");
        assertRefused(withFloat(bytes, 37, 1.6f), "an error is from 0 to 1.5, not 1.6");
    }

    @Test
    void noBytesOfAStrangerMakeAnythingThatIsNoCoordinate() {
        RandomStream random = RandomStream.of(1, "noise");
        int taken = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] bytes = CoordinateCodec.encode(SOMEWHERE);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                Coordinate read = CoordinateCodec.decode(bytes);
                assertTrue(Double.isFinite(read.roundTripMillis(SOMEWHERE)));
                assertArrayEquals(bytes, CoordinateCodec.encode(read));
                taken++;
            } catch (CoordinateFormatException refused) {
                assertTrue(refused.getMessage().startsWith("[FS360] "), refused::getMessage);
            }
        }
        assertTrue(taken > 1_000 && taken < 19_000, "taken: " + taken);
    }

    private static void assertRefused(byte[] bytes, String reason) {
        String message = assertThrows(CoordinateFormatException.class, () -> CoordinateCodec.decode(bytes))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] withFloat(byte[] bytes, int at, float value) {
        return ByteBuffer.wrap(bytes.clone()).putFloat(at, value).array();
    }
}
