package dev.foresail.eval.bamboo;

/**
 * How long a neighbour takes to answer, as TCP estimates it (Jacobson, Congestion avoidance and control, SIGCOMM 1988; RFC 6298): the mean and the mean deviation of round trips, recent ones
 * weighing more. Immutable.
 *
 * @param meanNanos at least 1 once it was measured, also where time stands still; 0 before
 */
public record RoundTrip(long meanNanos, long deviationNanos) {
    /** Of a node that has never answered: a second is waited for it, as TCP does. */
    static final RoundTrip UNKNOWN = new RoundTrip(0, 250_000_000);

    /** However even the answers were, there is this much room: TCP's granularity of clocks. */
    private static final long LEAST_ROOM_NANOS = 50_000_000;

    private static final long MOST_DEVIATION_NANOS = 2_000_000_000;

    static RoundTrip first(long tookNanos) {
        return new RoundTrip(StrictMath.max(1, tookNanos), tookNanos / 2);
    }

    /** Whether it has ever answered in time; the wait for it may have grown all the same. */
    boolean isMeasured() {
        return meanNanos > 0;
    }

    /** The first answer says it all, however long it was waited for. */
    RoundTrip then(long tookNanos) {
        long error = tookNanos - meanNanos;
        return isMeasured()
                ? new RoundTrip(meanNanos + error / 8, deviationNanos + (StrictMath.abs(error) - deviationNanos) / 4)
                : first(tookNanos);
    }

    /** After an answer that did not come in time. */
    RoundTrip backedOff() {
        return new RoundTrip(meanNanos, StrictMath.min(MOST_DEVIATION_NANOS, timeoutNanos() / 2));
    }

    long timeoutNanos() {
        return meanNanos + StrictMath.max(LEAST_ROOM_NANOS, 4 * deviationNanos);
    }
}
