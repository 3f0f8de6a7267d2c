package dev.foresail.steering.cli;

/** Real time for what people see: progress and how long a command took. Nothing that is computed depends on it. */
final class WallClock {
    private WallClock() {}

    static long nanos() {
        return System.nanoTime();
    }

    static double secondsSince(long startNanos) {
        return (nanos() - startNanos) / 1e9;
    }
}
