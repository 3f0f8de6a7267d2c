package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final long WIDTH = 10;
    private final ExecutorService helpers = Executors.newCachedThreadPool();
    private final List<Ticker> tickers = new ArrayList<>();

    @AfterEach
    void letGo() {
        helpers.shutdownNow();
    }

    /** Ticks at every multiple of its period; checks that nobody is further ahead than a window when it ticks. */
    private final class Ticker implements Windows.Part {
        final long period;
        long next;
        long ticks;
        long lastWindow;
        boolean stuck;
        RuntimeException thrown = new IllegalStateException("nothing");
        long throwsAt = Long.MAX_VALUE;

        Ticker(long period) {
            this.period = period;
            this.next = period;
        }

        @Override
        public void run(long window, long endNanos) {
            assertEquals(lastWindow + 1, window);
            lastWindow = window;
            while (next < endNanos) {
                if (next >= throwsAt) {
                    throw thrown;
                }
                for (Ticker other : tickers) {
                    if (other.lastWindow < window - 1) {
                        throw new IllegalStateException("too far ahead");
                    }
                }
                ticks++;
                next += period;
            }
        }

        @Override
        public long nextNanos() {
            return next;
        }

        @Override
        public boolean isStuck() {
            return stuck;
        }
    }

    private Windows windows(Executor executor, long... periods) {
        for (long period : periods) {
            tickers.add(new Ticker(period));
        }
        return new Windows(tickers, periods.length, () -> WIDTH, executor);
    }

    @Test
    void everyPartHasEveryWindowOnce() {
        Windows windows = windows(helpers, 3, 7, 4);
        for (long until = 1_000; until <= 30_000; until += 1_000) {
            windows.runBefore(until);
        }
        assertEquals(9_999, tickers.get(0).ticks);
        assertEquals(29_999 / 7, tickers.get(1).ticks);
        assertEquals(7_499, tickers.get(2).ticks);
        assertEquals(windows.count(), tickers.get(2).lastWindow);
    }

    @Test
    void timesInWhichNothingHappensHaveNoWindows() {
        Windows windows = windows(helpers, 1_000, 1_000);
        windows.runBefore(100_001);
        assertEquals(100, tickers.get(0).ticks);
        assertEquals(100, windows.count());
        windows.runBefore(100_500);
        assertEquals(100, windows.count());
    }

    @Test
    void withoutHelpersTheCallerDoesEverything() {
        Windows windows = windows(task -> {}, 3, 5);
        windows.runBefore(3_000);
        assertEquals(999, tickers.get(0).ticks);
        assertEquals(599, tickers.get(1).ticks);
        Executor closed = task -> {
            throw new RejectedExecutionException("closed");
        };
        tickers.clear();
        windows(closed, 3, 5).runBefore(3_000);
        assertEquals(599, tickers.get(1).ticks);
    }

    @Test
    void whatAPartThrowsEndsTheRun() {
        Windows windows = windows(helpers, 3, 5);
        tickers.get(1).throwsAt = 500;
        assertSame(
                tickers.get(1).thrown, assertThrows(IllegalStateException.class, () -> windows.runBefore(1_000_000)));
        assertTrue(tickers.get(0).next < 530);
    }

    @Test
    void whatIsThrownBetweenWindowsEndsTheRunToo() {
        tickers.add(new Ticker(3));
        tickers.add(new Ticker(5));
        Windows windows = new Windows(
                tickers,
                2,
                () -> {
                    if (tickers.get(0).next > 500) {
                        throw new IllegalStateException("no width");
                    }
                    return WIDTH;
                },
                helpers);
        assertThrows(IllegalStateException.class, () -> windows.runBefore(1_000_000));
        assertTrue(tickers.get(0).next < 530);
    }

    @Test
    void aPartThatIsStuckHasNoNextWindow() {
        Windows windows = windows(helpers, 3, 5);
        windows.runBefore(100);
        tickers.get(0).stuck = true;
        windows.runBefore(1_000);
        assertTrue(tickers.get(1).next <= 105);
    }
}
