package dev.foresail.predictor.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PredictionIntervalTest {
    @Test
    void withManyRollOutsTheIntervalIsThatOfTheNormalDistribution() {
        PredictionInterval many = PredictionInterval.of(5, 2, 100_000);
        assertEquals(5 - 2 * 1.2816, many.low(), 1e-3);
        assertEquals(5 + 2 * 1.2816, many.high(), 1e-3);
        PredictionInterval eleven = PredictionInterval.of(0, 1, 11);
        assertEquals(1.3722 * Math.sqrt(12.0 / 11), eleven.high(), 1e-3);
    }

    @Test
    void rollOutsThatAllCameToTheSameStateAPoint() {
        PredictionInterval point = PredictionInterval.of(5, 0, 2);
        assertTrue(point.contains(5 + 1e-12));
        assertFalse(point.contains(5.001));
        assertFalse(point.contains(Double.NaN));
        assertFalse(point.contains(Double.POSITIVE_INFINITY));
    }
}
