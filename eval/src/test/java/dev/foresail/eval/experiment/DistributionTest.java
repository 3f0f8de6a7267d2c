package dev.foresail.eval.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Distributions computed by hand. */
final class DistributionTest {
    @Test
    void figuresOfAFewRuns() {
        Distribution distribution = Distribution.of(List.of(6.0, 5.0, 5.0, 8.0));
        assertEquals(5, distribution.min());
        assertEquals(6, distribution.mean());
        assertEquals(5, distribution.percentile(0.5));
        assertEquals(8, distribution.percentile(0.95));
        assertEquals(8, distribution.max());
        assertEquals(Map.of("5", 2, "6", 1, "8", 1), distribution.counts());
    }

    @Test
    void percentilesAreByNearestRank() {
        Distribution distribution = Distribution.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0));
        assertEquals(1, distribution.percentile(0));
        assertEquals(1, distribution.percentile(0.1));
        assertEquals(2, distribution.percentile(0.11));
        assertEquals(10, distribution.percentile(1));
    }

    @Test
    void runsWithoutAFigureAreCountedAndLeftOut() {
        Distribution distribution = Distribution.of(List.of(5.0, Double.NaN));
        assertEquals(1, distribution.count());
        assertEquals(1, distribution.missing());
        assertEquals(5, distribution.mean());
        assertEquals(2, distribution.summary().get("runs"));
    }

    @Test
    void nothingHasNoFigures() {
        Distribution distribution = Distribution.of(List.of());
        assertTrue(Double.isNaN(distribution.mean()));
        assertTrue(Double.isNaN(distribution.percentile(0.5)));
        assertTrue(Double.isNaN(distribution.max()));
    }
}
