package dev.foresail.predictor.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PredictionIntervalTest {
    @Test
    void withManyRollOutsTheIntervalIsThatOfTheNormalDistribution() {
        assertEquals(1.2816, StudentQuantiles.ninetiethPercentile(100_000), 1e-4);
        assertEquals(1.3722, StudentQuantiles.ninetiethPercentile(10), 1e-9);
        assertEquals(1.3634, StudentQuantiles.ninetiethPercentile(11), 0.01);
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
