package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RoundTripEstimatorTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final RoundTripEstimator estimator = new RoundTripEstimator();

    @Test
    void knowsNothingBeforeTheFirstSample() {
        assertFalse(estimator.roundTripNanos(0).isKnown());
        assertFalse(estimator.minimumRoundTripNanos(0).isKnown());
        assertEquals(0, estimator.timeoutNanos());
    }

    @Test
    void smoothsAsTheStandardSays() {
        estimator.observe(100 * MILLI, 0);
        assertEquals(new Figure(100 * MILLI, 50 * MILLI, 1, 0), estimator.roundTripNanos(0));
        assertEquals(300 * MILLI, estimator.timeoutNanos());

        estimator.observe(180 * MILLI, SECOND);
        // variation = 3/4 * 50 + 1/4 * |100 - 180|, smoothed = 7/8 * 100 + 1/8 * 180
        assertEquals(new Figure(110 * MILLI, 57.5 * MILLI, 2, 3 * SECOND), estimator.roundTripNanos(4 * SECOND));
    }

    @Test
    void ignoresTheRoundTripOfARetransmittedMessage() {
        estimator.observe(100 * MILLI, 0);
        estimator.observe(5 * MILLI, 0, true, SECOND);
        assertEquals(new Figure(100 * MILLI, 50 * MILLI, 1, SECOND), estimator.roundTripNanos(SECOND));
        assertEquals(100 * MILLI, estimator.minimumRoundTripNanos(SECOND).value());
        assertEquals(1, estimator.ignoredSamples());
    }

    @Test
    void aFullQueueMovesTheSmoothedValueButNotTheMinimum() {
        estimator.observe(80 * MILLI, 0);
        for (int i = 1; i <= 90; i++) {
            estimator.observe(180 * MILLI, i * SECOND / 10);
        }
        assertEquals(180 * MILLI, estimator.roundTripNanos(9 * SECOND).value(), MILLI);
        Figure minimum = estimator.minimumRoundTripNanos(9 * SECOND);
        assertEquals(80 * MILLI, minimum.value());
        assertEquals(100 * MILLI, minimum.spread(), MILLI);
    }

    @Test
    void aMinimumCountsForTenSeconds() {
        estimator.observe(80 * MILLI, 0);
        estimator.observe(120 * MILLI, 6 * SECOND);
        assertEquals(80 * MILLI, estimator.minimumRoundTripNanos(10 * SECOND).value());
        assertEquals(
                120 * MILLI, estimator.minimumRoundTripNanos(10 * SECOND + 1).value());
        assertFalse(estimator.minimumRoundTripNanos(17 * SECOND).isKnown());
        assertEquals(2, estimator.roundTripNanos(17 * SECOND).samples());
    }

    @Test
    void subtractsThePeersDelayOnlyWhereItCanBeTrue() {
        estimator.observe(100 * MILLI, 0);
        estimator.observe(140 * MILLI, 40 * MILLI, false, SECOND);
        assertEquals(100 * MILLI, estimator.roundTripNanos(SECOND).value());
        // A peer that claims more than lies above the minimum is not believed.
        estimator.observe(108 * MILLI, 50 * MILLI, false, 2 * SECOND);
        assertEquals(101 * MILLI, estimator.roundTripNanos(2 * SECOND).value());
    }

    @Test
    void whatCannotBeIsCountedAndChangesNothing() {
        estimator.observe(20 * MILLI, SECOND);
        assertFalse(estimator.observe(-1, 2 * SECOND));
        assertEquals(new Figure(20 * MILLI, 10 * MILLI, 1, SECOND), estimator.roundTripNanos(2 * SECOND));
        // The clock runs backwards: the sample counts, as of the latest time.
        assertTrue(estimator.observe(20 * MILLI, 0));
        assertEquals(new Figure(20 * MILLI, 7.5 * MILLI, 2, 0), estimator.roundTripNanos(SECOND));
        assertEquals(2, estimator.faults());
    }

    @Test
    void aRoundTripOfZeroIsTheClocksGranularity() {
        estimator.observe(0, 0);
        assertEquals(
                RoundTripEstimator.CLOCK_GRANULARITY_NANOS,
                estimator.roundTripNanos(0).value());
        assertEquals(
                RoundTripEstimator.CLOCK_GRANULARITY_NANOS,
                estimator.minimumRoundTripNanos(0).value());
    }

    @Test
    void afterASilenceTheOldValueDoesNotCount() {
        estimator.observe(100 * MILLI, 0);
        estimator.observe(20 * MILLI, 3_600 * SECOND);
        assertEquals(20 * MILLI, estimator.roundTripNanos(3_600 * SECOND).value());
    }

    @Test
    void queueingIsTheLeastOfARoundTripAboveTheMinimum() {
        estimator.observe(80 * MILLI, 0);
        assertFalse(estimator.queueingNanos(0).isKnown());
        for (int sample = 1; sample <= 60; sample++) {
            // Every message waits 50 ms or more; single ones far more.
            estimator.observe((sample % 4 == 0 ? 400 : 130) * MILLI, sample * SECOND / 20);
        }
        assertEquals(50 * MILLI, estimator.queueingNanos(3 * SECOND).value());
    }

    @Test
    void whatTheKernelHasSmoothedIsTakenAsItIs() {
        assertFalse(estimator.adopt(0, 0, 0, 0));
        estimator.adopt(30 * MILLI, 4 * MILLI, 0, SECOND);
        estimator.adopt(50 * MILLI, 6 * MILLI, 28 * MILLI, 2 * SECOND);
        assertEquals(new Figure(50 * MILLI, 6 * MILLI, 2, 0), estimator.roundTripNanos(2 * SECOND));
        assertEquals(28 * MILLI, estimator.minimumRoundTripNanos(2 * SECOND).value());
    }
}
