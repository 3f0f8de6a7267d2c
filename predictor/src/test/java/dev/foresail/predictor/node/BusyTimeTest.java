package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Somebody who works, now and then on what counts. */
final class BusyTimeTest {
    private long nowNanos = 100;
    private final BusyTime busy = new BusyTime(() -> nowNanos);

    private void work(long nanos) {
        nowNanos += nanos;
    }

    @Test
    void whatCountsIsWhatWasDoneForIt() {
        busy.during(() -> work(7));
        work(1_000);
        busy.during(() -> work(5));
        assertEquals(12, busy.nanos());
    }

    @Test
    void aTaskWithinATaskCountsOnce() {
        busy.during(() -> {
            work(1);
            busy.during(() -> work(2));
            work(4);
        });
        assertEquals(7, busy.nanos());
    }

    @Test
    void aTaskThatFailsCountsToo() {
        assertThrows(
                IllegalStateException.class,
                () -> busy.during(() -> {
                    work(3);
                    throw new IllegalStateException();
                }));
        busy.during(() -> work(4));
        assertEquals(7, busy.nanos());
    }
}
