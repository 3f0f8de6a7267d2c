package dev.foresail.eval.bamboo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RoundTripTest {
    private static final long MILLI = 1_000_000;

    /** RFC 6298, section 2. */
    @Test
    void theTimeoutIsTheMeanAndFourDeviations() {
        RoundTrip measured = RoundTrip.first(100 * MILLI);
        assertEquals(300 * MILLI, measured.timeoutNanos());
        measured = measured.then(180 * MILLI);
        assertEquals(new RoundTrip(110 * MILLI, (50 + (80 - 50) / 4) * MILLI + MILLI / 2), measured);
    }

    @Test
    void evenAnswersLeaveSomeRoom() {
        RoundTrip measured = RoundTrip.first(100 * MILLI);
        for (int answer = 0; answer < 100; answer++) {
            measured = measured.then(100 * MILLI);
        }
        assertEquals(100 * MILLI, measured.meanNanos());
        assertEquals(150 * MILLI, measured.timeoutNanos());
    }

    @Test
    void whoIsLateIsWaitedForLongerUpToABound() {
        RoundTrip measured = RoundTrip.first(100 * MILLI);
        long before = measured.timeoutNanos();
        assertTrue(measured.backedOff().timeoutNanos() >= 2 * before);
        for (int late = 0; late < 50; late++) {
            measured = measured.backedOff();
        }
        assertEquals(8_100 * MILLI, measured.timeoutNanos());
        assertEquals(1_000 * MILLI, RoundTrip.UNKNOWN.timeoutNanos());
    }

    @Test
    void theFirstAnswerIsAllThatIsKnownHoweverLateItCame() {
        RoundTrip waitedFor = RoundTrip.UNKNOWN.backedOff();
        assertEquals(2_000 * MILLI, waitedFor.timeoutNanos());
        assertEquals(RoundTrip.first(80 * MILLI), waitedFor.then(80 * MILLI));
    }
}
