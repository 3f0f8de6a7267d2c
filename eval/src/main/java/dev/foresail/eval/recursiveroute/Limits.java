package dev.foresail.eval.recursiveroute;

import java.time.Duration;

/** What the settings of a recursive route may be. */
final class Limits {
    /** A little more than a day by default. */
    private static final int MOST_TICKS = 1 << 20;

    private Limits() {}

    /** @throws IllegalArgumentException FS550 when they are out of order or too far apart */
    static void checkTimes(Duration tick, Duration hopTimeout, Duration deadline) {
        if (tick.isNegative()
                || tick.isZero()
                || hopTimeout.compareTo(tick) < 0
                || deadline.compareTo(hopTimeout) < 0
                || deadline.dividedBy(tick) > MOST_TICKS) {
            throw new IllegalArgumentException("[FS550] tick is above 0, hopTimeout at least tick and deadline at least"
                    + " hopTimeout and at most " + MOST_TICKS + " times tick, not " + tick + ", " + hopTimeout + " and "
                    + deadline);
        }
    }

    /** @throws IllegalArgumentException FS550 when one is out of range */
    static void checkNumbers(int attempts, int window, int queue) {
        if (attempts < 1 || attempts > 20 || window < 1 || window > 1024 || queue < 1 || queue > 1024) {
            throw new IllegalArgumentException("[FS550] attempts are 1 to 20, window and queue 1 to 1024, not "
                    + attempts + ", " + window + " and " + queue);
        }
    }

    /** @throws IllegalArgumentException FS550 when it is less than 0 */
    static int checkResumed(int messages) {
        if (messages < 0) {
            throw new IllegalArgumentException("[FS550] resume is for at least 0 messages, not " + messages);
        }
        return messages;
    }

    /** How many ticks to wait so that a time is over for certain: the first one may be almost over. */
    static int ticks(Duration time, Duration tick) {
        return 1 + (int) ((time.toNanos() + tick.toNanos() - 1) / tick.toNanos());
    }
}
