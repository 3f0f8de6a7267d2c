package dev.foresail.steering.live;

/** Where real time enters a live node; everything else is handed a clock. */
public final class RealClock {
    private RealClock() {}

    /** Monotonic time in nanoseconds. */
    public static long nanos() {
        return System.nanoTime();
    }

    /** Milliseconds since 1970. */
    public static long epochMillis() {
        return System.currentTimeMillis();
    }
}
