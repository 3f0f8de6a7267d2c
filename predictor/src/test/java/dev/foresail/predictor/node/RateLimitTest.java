package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void whatOneMayHaveInAMinuteMayComeAtOnce() {
        RateLimit limit = RateLimit.perMinute(3, 0);
        for (int count = 0; count < 3; count++) {
            assertTrue(limit.isTaken(1, 0));
        }
        assertFalse(limit.isTaken(1, 19 * SECOND));
        assertTrue(limit.isTaken(1, 21 * SECOND));
        assertFalse(limit.isTaken(1, 21 * SECOND));
    }

    @Test
    void whatIsNotTakenIsNotSavedForEver() {
        RateLimit limit = RateLimit.perMinute(3, 0);
        assertTrue(limit.isTaken(3, 3_600 * SECOND));
        assertFalse(limit.isTaken(1, 3_600 * SECOND));
    }
}
