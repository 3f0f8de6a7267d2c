package dev.foresail.network.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    /** The published first outputs of SplitMix64 for the seed 1234567. */
    @Test
    void followsTheReferenceAlgorithm() {
        RandomStream stream = RandomStream.ofState(1234567);
        long[] drawn = IntStream.range(0, 5).mapToLong(i -> stream.nextLong()).toArray();
        assertArrayEquals(
                new long[] {
                    6457827717110365317L,
                    3203168211198807973L,
                    Long.parseUnsignedLong("9817491932198370423"),
                    4593380528125082431L,
                    Long.parseUnsignedLong("16408922859458223821")
                },
                drawn);
    }

    /** Drawn once on JDK 17; every other JDK must draw the same. */
    @Test
    void knownAnswersOfANamedStream() {
        RandomStream stream = RandomStream.of(42, "known answer", 7);
        assertEquals(-7373446279819604515L, stream.nextLong());
        assertEquals(169, stream.nextInt(1000));
        assertEquals(Double.longBitsToDouble(4600707541145420486L), stream.nextGaussian());
        assertEquals(Double.longBitsToDouble(4589711182665558390L), stream.nextExponential());
        assertEquals(6783931252087506194L, stream.fork("x").nextLong());
    }

    @Test
    void oneStreamDrawsForAnotherFromItsState() {
        RandomStream one = RandomStream.of(1, "one");
        RandomStream other = RandomStream.of(2, "other");
        other.continueFrom(one.state());
        assertEquals(one.nextLong(), other.nextLong());
        assertEquals(one.state(), other.state());
    }

    @Test
    void namedStreamsAreRepeatableAndIndependent() {
        assertEquals(
                RandomStream.of(1, "jitter", 2, 3).nextLong(),
                RandomStream.of(1, "jitter", 2, 3).nextLong());
        long first = RandomStream.of(1, "jitter", 2, 3).nextLong();
        assertNotEquals(first, RandomStream.of(2, "jitter", 2, 3).nextLong());
        assertNotEquals(first, RandomStream.of(1, "loss", 2, 3).nextLong());
        assertNotEquals(first, RandomStream.of(1, "jitter", 3, 2).nextLong());
        assertNotEquals(first, RandomStream.of(1, "jitter", 2, 3, 0).nextLong());
    }

    @Test
    void aForkLeavesItsParentWhereItWasAndACopyDrawsTheSame() {
        RandomStream parent = RandomStream.of(7, "parent");
        RandomStream twin = parent.copy();
        RandomStream fork = parent.fork("child");
        long drawnByFork = fork.nextLong();
        assertEquals(twin.nextLong(), parent.nextLong());
        assertNotEquals(drawnByFork, parent.fork("child").nextLong());
    }

    @Test
    void boundedDrawsReachEveryValueAboutEquallyOften() {
        RandomStream stream = RandomStream.of(11, "bounds");
        int[] counts = new int[3];
        long[] longCounts = new long[3];
        for (int i = 0; i < 30_000; i++) {
            counts[stream.nextInt(3)]++;
            longCounts[(int) stream.nextLong(5, 8) - 5]++;
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(10_000, counts[i], 400);
            assertEquals(10_000, (double) longCounts[i], 400);
        }
    }

    @Test
    void largeBoundsAreNotBiased() {
        // With the remainder instead of rejection, the lower half would be drawn in two thirds of the cases.
        int bound = 3 << 29;
        RandomStream stream = RandomStream.of(12, "large");
        long lower = IntStream.range(0, 20_000)
                .filter(i -> stream.nextInt(bound) < bound / 2)
                .count();
        assertEquals(10_000, (double) lower, 400);
        assertTrue(stream.nextLong(Long.MIN_VALUE, Long.MAX_VALUE) < Long.MAX_VALUE);
    }

    @Test
    void momentsOfTheDistributions() {
        RandomStream stream = RandomStream.of(13, "moments");
        double exponential = 0;
        double normal = 0;
        double square = 0;
        for (int i = 0; i < 100_000; i++) {
            exponential += stream.nextExponential();
            double drawn = stream.nextGaussian();
            normal += drawn;
            square += drawn * drawn;
        }
        assertEquals(1, exponential / 100_000, 0.02);
        assertEquals(0, normal / 100_000, 0.02);
        assertEquals(1, square / 100_000, 0.03);
    }

    @Test
    void quantilesOfTheNormalDistribution() {
        assertEquals(0, Normal.quantile(0.5), 1e-12);
        assertEquals(1.959963985, Normal.quantile(0.975), 1e-8);
        assertEquals(-3.090232306, Normal.quantile(0.001), 1e-8);
        assertThrows(IllegalArgumentException.class, () -> Normal.quantile(1));
    }

    @Test
    void impossibleRangesAreRefused() {
        RandomStream stream = RandomStream.ofState(1);
        assertThrows(IllegalArgumentException.class, () -> stream.nextInt(0));
        assertThrows(IllegalArgumentException.class, () -> stream.nextLong(-1));
        assertThrows(IllegalArgumentException.class, () -> stream.nextInt(5, 5));
        assertThrows(IllegalArgumentException.class, () -> stream.nextDouble(1, Double.NaN));
    }
}
