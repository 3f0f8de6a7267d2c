package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GrowthTest {
    @Test
    void theQuickSpreadIsTheExactOne() {
        Growth growth = new Growth(0.4, 64);
        for (double ageSeconds = 0.001; ageSeconds < 100_000; ageSeconds *= 1.1) {
            double exact = 0.4 * -StrictMath.expm1(-ageSeconds / 64);
            assertEquals(exact, growth.at(ageSeconds), 0.4e-6, "after " + ageSeconds + " s");
        }
        assertEquals(0, growth.at(0));
        assertEquals(0, Growth.NONE.at(5));
    }
}
