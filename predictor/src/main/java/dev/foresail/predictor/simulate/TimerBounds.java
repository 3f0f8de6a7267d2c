package dev.foresail.predictor.simulate;

import java.util.Arrays;

/**
 * How long windows may be before timers that guard an exchange of messages fire though nothing is wrong, as seen from how the protocol uses
 * its timers. Not thread-safe.
 *
 * <p>A timer that is cancelled before it fires guards something: the shortest time for which it was armed, divided by the number of
 * messages that follow from one another until it is cancelled, is what a window must stay below, as a window delays each of them by its
 * own length at most. A timer that only ever fires paces the protocol, and bounds nothing. Of one that has done neither yet nothing is
 * known: it is taken to guard a request and its reply. Weakness: a chain of messages that never ends counts {@value #MOST_HOPS}.
 */
final class TimerBounds {
    /** A longer chain of messages is taken for one of this length. */
    static final int MOST_HOPS = 127;

    private static final int REQUEST_AND_REPLY = 2;

    private final long[] leastNanos;
    private final int[] hops;
    private final boolean[] cancelled;
    private final boolean[] fired;

    /** @param timers how many the protocol has */
    TimerBounds(int timers) {
        leastNanos = new long[timers];
        Arrays.fill(leastNanos, Long.MAX_VALUE);
        hops = new int[timers];
        cancelled = new boolean[timers];
        fired = new boolean[timers];
    }

    void armed(int timer, long delayNanos) {
        leastNanos[timer] = Math.min(leastNanos[timer], delayNanos);
    }

    /** @param depth how many messages have followed from one another when it was cancelled */
    void cancelled(int timer, int depth) {
        cancelled[timer] = true;
        hops[timer] = Math.max(hops[timer], depth);
    }

    void fired(int timer) {
        fired[timer] = true;
    }

    /** What a window must not be longer than, at least 0; {@link Long#MAX_VALUE} when no timer bounds it. */
    long mostNanos() {
        long most = Long.MAX_VALUE;
        for (int timer = 0; timer < leastNanos.length; timer++) {
            if (leastNanos[timer] != Long.MAX_VALUE && (cancelled[timer] || !fired[timer])) {
                most = Math.min(most, Math.max(0, leastNanos[timer] - 1) / Math.max(REQUEST_AND_REPLY, hops[timer]));
            }
        }
        return most;
    }
}
