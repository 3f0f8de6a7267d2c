package dev.foresail.network.measure;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates the round trip to one peer from answered messages. The smoothed value follows what a message meets now, queues
 * included; the windowed minimum, kept apart, is close to the path's propagation delay.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock and must not run backwards.
 *
 * <p>Source: RFC 6298 section 2 and RFC 9002 section 5 (smoothing, gains 1/8 and 1/4); Karn's rule (RFC 6298 section 3); the
 * minimum's window of 10 s is that of BBR.
 */
public final class RoundTripEstimator {
    /** How long a minimum counts, in nanoseconds. */
    public static final long MINIMUM_WINDOW_NANOS = 10_000_000_000L;

    private static final long GRANULARITY_NANOS = 1_000_000L;
    /** Minima are kept one per slot, so that the window holds at most 101 of them at any sampling rate. */
    private static final long SLOT_NANOS = MINIMUM_WINDOW_NANOS / 100;

    private final Deque<Minimum> minima = new ArrayDeque<>();
    private double smoothedNanos;
    private double variationNanos;
    private long samples;
    private long ignoredSamples;
    private long latestAtNanos;

    private record Minimum(long slot, long atNanos, long roundTripNanos) {}

    /**
     * Takes one measured round trip.
     *
     * @param roundTripNanos from sending to the answer, at least 0
     * @param peerDelayNanos how long the peer says it held the answer back, at least 0; subtracted where the minimum shows it
     *     can be true (RFC 9002 section 5.3)
     * @param retransmitted whether the message was sent more than once: its round trip is ambiguous and ignored (Karn)
     * @param nowNanos when the answer came
     * @throws IllegalArgumentException for a negative time, or a clock that ran backwards
     */
    public void observe(long roundTripNanos, long peerDelayNanos, boolean retransmitted, long nowNanos) {
        if (roundTripNanos < 0 || peerDelayNanos < 0) {
            throw new IllegalArgumentException(
                    "a time must not be negative: round trip " + roundTripNanos + ", peer's delay " + peerDelayNanos);
        }
        if (samples > 0 && nowNanos - latestAtNanos < 0) {
            throw new IllegalArgumentException("the clock ran backwards: " + nowNanos + " after " + latestAtNanos);
        }
        if (retransmitted) {
            ignoredSamples++;
            return;
        }
        rememberMinimum(roundTripNanos, nowNanos);
        long adjusted = roundTripNanos - peerDelayNanos;
        smooth((double) (adjusted >= windowedMinimum() ? adjusted : roundTripNanos));
        samples++;
        latestAtNanos = nowNanos;
    }

    /** Takes one measured round trip of a message that was sent once to a peer which answered at once. */
    public void observe(long roundTripNanos, long nowNanos) {
        observe(roundTripNanos, 0, false, nowNanos);
    }

    private void smooth(double sampleNanos) {
        if (samples == 0) {
            smoothedNanos = sampleNanos;
            variationNanos = sampleNanos / 2;
            return;
        }
        variationNanos += (StrictMath.abs(smoothedNanos - sampleNanos) - variationNanos) / 4;
        smoothedNanos += (sampleNanos - smoothedNanos) / 8;
    }

    private void rememberMinimum(long roundTripNanos, long nowNanos) {
        dropOldMinima(nowNanos);
        // Whatever is not smaller than a newer value can never be the minimum again.
        while (!minima.isEmpty() && minima.peekLast().roundTripNanos() >= roundTripNanos) {
            minima.removeLast();
        }
        long slot = Math.floorDiv(nowNanos, SLOT_NANOS);
        if (minima.isEmpty() || minima.peekLast().slot() != slot) {
            minima.addLast(new Minimum(slot, nowNanos, roundTripNanos));
        }
    }

    private void dropOldMinima(long nowNanos) {
        while (!minima.isEmpty() && nowNanos - minima.peekFirst().atNanos() > MINIMUM_WINDOW_NANOS) {
            minima.removeFirst();
        }
    }

    private long windowedMinimum() {
        return minima.isEmpty() ? 0 : minima.peekFirst().roundTripNanos();
    }

    /** The smoothed round trip and its variation in nanoseconds; {@link Figure#isKnown} is false before the first sample. */
    public Figure roundTripNanos(long nowNanos) {
        return samples == 0
                ? Figure.assumed(0)
                : new Figure(smoothedNanos, variationNanos, samples, ageNanos(nowNanos));
    }

    /**
     * The smallest round trip of the last 10 s in nanoseconds, not adjusted for the peer's delay; unknown when there was none.
     * The spread is the smoothed value's distance from it: the queueing of now.
     */
    public Figure minimumRoundTripNanos(long nowNanos) {
        dropOldMinima(nowNanos);
        if (minima.isEmpty()) {
            return Figure.assumed(0);
        }
        double minimum = windowedMinimum();
        return new Figure(minimum, StrictMath.max(0, smoothedNanos - minimum), samples, ageNanos(nowNanos));
    }

    /** When to give up waiting for an answer, in nanoseconds: smoothed + max(4 variations, 1 ms). 0 before the first sample. */
    public long timeoutNanos() {
        return samples == 0 ? 0 : (long) (smoothedNanos + StrictMath.max(4 * variationNanos, GRANULARITY_NANOS));
    }

    /** How many round trips were used. */
    public long samples() {
        return samples;
    }

    /** How many were ignored because their message had been sent more than once. */
    public long ignoredSamples() {
        return ignoredSamples;
    }

    private long ageNanos(long nowNanos) {
        return StrictMath.max(0, nowNanos - latestAtNanos);
    }
}
