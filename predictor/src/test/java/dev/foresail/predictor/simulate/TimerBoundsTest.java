package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimerBoundsTest {
    private final TimerBounds bounds = new TimerBounds(2);

    @Test
    void withoutTimersNothingIsBounded() {
        assertEquals(Long.MAX_VALUE, bounds.mostNanos());
    }

    @Test
    void ofATimerThatHasDoneNothingYetARequestAndItsReplyMustFit() {
        bounds.armed(0, 1_001);
        bounds.armed(0, 5_000);
        assertEquals(500, bounds.mostNanos());
    }

    @Test
    void whatOnlyFiresPacesTheProtocol() {
        bounds.armed(0, 1_001);
        bounds.fired(0);
        assertEquals(Long.MAX_VALUE, bounds.mostNanos());
    }

    @Test
    void whatIsCancelledBoundsByTheMessagesUntilThen() {
        bounds.armed(0, 1_001);
        bounds.cancelled(0, 5);
        bounds.cancelled(0, 1);
        bounds.fired(0);
        assertEquals(200, bounds.mostNanos());
        bounds.armed(1, 101);
        assertEquals(50, bounds.mostNanos());
        bounds.armed(0, 0);
        assertEquals(0, bounds.mostNanos());
    }
}
