package dev.foresail.steering.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.KryoException;
import dev.foresail.network.random.RandomStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private final Differences differences = new Differences();
    private final RandomStream random = RandomStream.of(5, "differences");

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] difference(byte[] base, byte[] value) {
        return differences.between(base, value).orElseThrow();
    }

    @Test
    void whatHasHardlyChangedIsShort() {
        byte[] base = noise(20_000);
        byte[] value = base.clone();
        value[7] ^= 1;
        value[15_000] ^= 1;
        byte[] difference = difference(base, value);
        assertTrue(difference.length < 400, () -> "bytes: " + difference.length);
        assertArrayEquals(value, differences.applied(base, difference));
        assertTrue(difference(base, base).length < 250, "nor is what has not changed at all");
    }

    @Test
    void theLongestValueHasADifferenceToo() {
        byte[] base = noise(Differences.MOST_BYTES);
        assertArrayEquals(base, differences.applied(base, difference(base, base)));
        assertEquals(Optional.empty(), differences.between(base, new byte[Differences.MOST_BYTES + 1]));
    }

    @Test
    void whereADifferenceIsNotShorterThereIsNone() {
        assertEquals(Optional.empty(), differences.between(new byte[0], noise(500)));
        assertEquals(Optional.empty(), differences.between(noise(500), noise(500)));
        assertEquals(Optional.empty(), differences.between(new byte[0], new byte[0]));
    }

    @Test
    void aDifferenceAgainstAnotherBaseIsRefused() {
        byte[] base = noise(1_000);
        byte[] difference = difference(base, Arrays.copyOf(base, 900));
        assertThrows(KryoException.class, () -> differences.applied(noise(1_000), difference));
        assertThrows(KryoException.class, () -> differences.applied(new byte[0], difference));
        assertEquals(900, differences.applied(base, difference).length, "a refusal leaves nothing behind");
    }

    @Test
    void aBombIsRefused() {
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[10 << 20]);
        deflater.finish();
        byte[] bomb = new byte[100_000];
        int length = deflater.deflate(bomb);
        deflater.end();
        assertThrows(KryoException.class, () -> differences.applied(new byte[0], Arrays.copyOf(bomb, length)));
    }

    @Test
    void whatIsCutShortOrTooLongIsRefused() {
        byte[] base = noise(1_000);
        byte[] difference = difference(base, base);
        assertThrows(KryoException.class, () -> differences.applied(base, Arrays.copyOf(difference, 5)));
        assertThrows(
                KryoException.class, () -> differences.applied(base, Arrays.copyOf(difference, difference.length - 1)));
        assertThrows(
                KryoException.class, () -> differences.applied(base, Arrays.copyOf(difference, difference.length + 1)));
        assertThrows(KryoException.class, () -> differences.applied(base, new byte[0]));
    }
}
