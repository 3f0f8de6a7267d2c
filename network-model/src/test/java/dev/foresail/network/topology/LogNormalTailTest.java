package dev.foresail.network.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.Normal;
import dev.foresail.network.random.RandomStream;
import org.junit.jupiter.api.Test;

class LogNormalTailTest {
    private static final double DEVIATION = 1.17;
    private final LogNormalTail tail = new LogNormalTail(DEVIATION);

    @Test
    void isAThousandthOffAtMost() {
        RandomStream random = RandomStream.of(5, "quantiles");
        for (int draw = 0; draw < 20_000; draw++) {
            double probability = ((random.nextLong() >>> 12) + 0.5) * 0x1.0p-52;
            double exact = StrictMath.exp(DEVIATION * (Normal.quantile(probability) - DEVIATION / 2));
            assertEquals(exact, tail.quantile(probability), exact / 1000, "at " + probability);
        }
    }

    @Test
    void neverFallsAndReachesFarAtBothEnds() {
        double before = 0;
        for (double probability = 0x1.0p-53; probability < 1; probability += 1.0 / 7001) {
            double value = tail.quantile(probability);
            assertTrue(value >= before, "at " + probability);
            before = value;
        }
        assertTrue(tail.quantile(0x1.0p-53) < 0.001);
        assertTrue(tail.quantile(1 - 0x1.0p-53) > 1000);
    }
}
