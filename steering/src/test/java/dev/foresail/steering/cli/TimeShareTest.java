package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TimeShareTest {
    private static final long OFTEN_MILLIS = 1;

    private final CompletableFuture<Integer> never = new CompletableFuture<>();
    private final AtomicLong nanos = new AtomicLong(5);
    private final Interruption interruption = new Interruption();
    private final TimeShare time = new TimeShare(2, nanos::get, interruption, OFTEN_MILLIS);

    @AfterEach
    void letGo() {
        never.cancel(false);
    }

    @Test
    void itIsOverAfterItsTimeOrWhenTheUserWantsTheEnd() {
        nanos.addAndGet(1_999_999_999);
        assertFalse(time.isOver(), "a nanosecond is left");
        nanos.incrementAndGet();
        assertTrue(time.isOver(), "two seconds");
        TimeShare other = new TimeShare(2, nanos::get, interruption);
        assertFalse(other.isOver(), "its time begins with it");
        interruption.request();
        assertTrue(other.isOver(), "interrupted");
    }

    @Test
    void workThatEndsGivesWhatItHas() {
        assertEquals(Optional.of(7), time.resultOf(() -> 7));
    }

    @Test
    void workThatDoesNotComeBackIsLeftBehindOnceTheTimeIsOver() {
        nanos.addAndGet(2_000_000_000);
        assertEquals(Optional.empty(), time.resultOf(never::join));
    }

    @Test
    void workThatDoesNotComeBackIsLeftBehindWhenTheUserWantsTheEnd() {
        interruption.request();
        assertEquals(Optional.empty(), time.resultOf(never::join));
    }

    @Test
    void whatTheWorkThrowsIsThrown() {
        assertThrows(NumberFormatException.class, () -> time.resultOf(() -> Integer.parseInt("one")));
        assertThrows(
                AssertionError.class,
                () -> time.resultOf(() -> {
                    throw new AssertionError("never so");
                }));
    }
}
