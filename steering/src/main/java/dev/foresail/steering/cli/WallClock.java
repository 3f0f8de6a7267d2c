package dev.foresail.steering.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** Real time for what people see: progress and how long a command took. Nothing that is computed depends on it. */
final class WallClock {
    private WallClock() {}

    static long nanos() {
        return System.nanoTime();
    }

    /** The day, for those who read a report later. */
    static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    static double secondsSince(long startNanos) {
        return (nanos() - startNanos) / 1e9;
    }
}
