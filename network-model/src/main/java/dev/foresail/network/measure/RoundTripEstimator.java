package dev.foresail.network.measure;

/**
 * Estimates the round trip to one peer from answered messages. The smoothed value follows what a message meets now, queues
 * included; the windowed minimum, kept apart, is close to the path's propagation delay; the least round trip of the last one
 * above that minimum is the queueing of now.
 *
 * <p>Never throws, as it runs on event loops: a time that lies before the latest one is taken for that one, a round trip of 0
 * for {@link #CLOCK_GRANULARITY_NANOS}, a negative one is left out; each is counted.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock.
 *
 * <p>Source: RFC 6298 section 2 and RFC 9002 section 5 (smoothing, gains 1/8 and 1/4); Karn's rule (RFC 6298 section 3); the
 * minimum's window of 10 s is that of BBR (net/ipv4/tcp_bbr.c); queueing as Vegas: the least of the samples of one round trip, at
 * least three (net/ipv4/tcp_vegas.c).
 */
public final class RoundTripEstimator {
    /** How long a minimum counts, in nanoseconds. */
    public static final long MINIMUM_WINDOW_NANOS = 10_000_000_000L;

    /** What a round trip of 0 is taken for, in nanoseconds: the unit of the kernel's figures. */
    public static final long CLOCK_GRANULARITY_NANOS = 1_000L;

    private static final long GRANULARITY_NANOS = 1_000_000L;
    private static final int QUEUEING_SAMPLES = 3;

    private static final WindowedExtremum.Kind LEAST = WindowedExtremum.Kind.smallest(MINIMUM_WINDOW_NANOS);

    private final WindowedExtremum minimum = LEAST.empty();
    private double smoothedNanos;
    private double variationNanos;
    private long samples;
    private long latestAtNanos;
    private int ignoredSamples;
    private int faults;

    private long roundStartedAtNanos;
    private int roundSamples;
    private double roundMinimumNanos;
    private long queueingAtNanos;
    private int queueingSamples;
    private double queueingNanos;

    /**
     * Takes one measured round trip.
     *
     * @param roundTripNanos from sending to the answer
     * @param peerDelayNanos how long the peer says it held the answer back; subtracted where the minimum shows it can be true
     *     (RFC 9002 section 5.3)
     * @param retransmitted whether the message was sent more than once: its round trip is ambiguous and ignored (Karn)
     * @param nowNanos when the answer came
     * @return whether the sample counts
     */
    public boolean observe(long roundTripNanos, long peerDelayNanos, boolean retransmitted, long nowNanos) {
        if (roundTripNanos < 0) {
            faults++;
            return false;
        }
        if (retransmitted) {
            ignoredSamples++;
            return false;
        }
        long sampleNanos = StrictMath.max(roundTripNanos, CLOCK_GRANULARITY_NANOS);
        long atNanos = clamped(nowNanos);
        minimum.observe((double) sampleNanos, atNanos);
        double adjusted = sampleNanos - (double) StrictMath.max(0, peerDelayNanos);
        double used = adjusted >= minimum.at(atNanos) ? adjusted : sampleNanos;
        smooth(used, atNanos);
        countRound(used, atNanos);
        samples++;
        latestAtNanos = atNanos;
        return true;
    }

    /** Takes one measured round trip of a message that was sent once to a peer which answered at once. */
    public boolean observe(long roundTripNanos, long nowNanos) {
        return observe(roundTripNanos, 0, false, nowNanos);
    }

    /**
     * Takes what the kernel has smoothed already (TCP_INFO): it becomes the value and the variation as it is.
     *
     * @return whether it counts: a round trip of 0 or less is one that the kernel has not measured
     */
    public boolean adopt(long smoothed, long variation, long nowNanos) {
        if (smoothed <= 0 || variation < 0) {
            return false;
        }
        long atNanos = clamped(nowNanos);
        minimum.observe((double) smoothed, atNanos);
        smoothedNanos = smoothed;
        variationNanos = variation;
        samples++;
        latestAtNanos = atNanos;
        return true;
    }

    private long clamped(long nowNanos) {
        if (samples == 0 || nowNanos - latestAtNanos >= 0) {
            return nowNanos;
        }
        faults++;
        return latestAtNanos;
    }

    private void smooth(double sampleNanos, long nowNanos) {
        if (samples == 0) {
            smoothedNanos = sampleNanos;
            variationNanos = sampleNanos / 2;
            return;
        }
        variationNanos += (StrictMath.abs(smoothedNanos - sampleNanos) - variationNanos) / 4;
        // The gain of 1/8 is meant for samples of one conversation: after a silence the old value is no part of it.
        boolean afterSilence = nowNanos - latestAtNanos > MINIMUM_WINDOW_NANOS;
        smoothedNanos += (sampleNanos - smoothedNanos) / (afterSilence ? 1 : 8);
    }

    private void countRound(double sampleNanos, long nowNanos) {
        if (roundSamples > 0 && nowNanos - roundStartedAtNanos >= smoothedNanos) {
            if (roundSamples >= QUEUEING_SAMPLES) {
                queueingNanos = StrictMath.max(0, roundMinimumNanos - minimum.at(nowNanos));
                queueingSamples = roundSamples;
                queueingAtNanos = nowNanos;
            }
            roundSamples = 0;
        }
        if (roundSamples == 0) {
            roundStartedAtNanos = nowNanos;
            roundMinimumNanos = sampleNanos;
        }
        roundSamples++;
        roundMinimumNanos = StrictMath.min(roundMinimumNanos, sampleNanos);
    }

    /** The smoothed round trip and its variation in nanoseconds; {@link Figure#isKnown} is false before the first sample. */
    public Figure roundTripNanos(long nowNanos) {
        return samples == 0
                ? Figure.assumed(0)
                : new Figure(smoothedNanos, variationNanos, samples, ageNanos(nowNanos));
    }

    /**
     * The smallest round trip of the last 10 s in nanoseconds, not adjusted for the peer's delay; unknown when there was none.
     * The spread is the smoothed value's distance from it.
     */
    public Figure minimumRoundTripNanos(long nowNanos) {
        double smallest = samples == 0 ? Double.NaN : minimum.at(StrictMath.max(nowNanos, latestAtNanos));
        return Double.isNaN(smallest)
                ? Figure.assumed(0)
                : new Figure(smallest, StrictMath.max(0, smoothedNanos - smallest), samples, ageNanos(nowNanos));
    }

    /**
     * How long a message waits in queues now, in nanoseconds: the least of the last whole round trip's samples, of which there
     * were at least three, above the windowed minimum; unknown before. The spread is the round trip's variation.
     */
    public Figure queueingNanos(long nowNanos) {
        return queueingSamples == 0
                ? Figure.assumed(0)
                : new Figure(
                        queueingNanos, variationNanos, queueingSamples, StrictMath.max(0, nowNanos - queueingAtNanos));
    }

    /** When to give up waiting for an answer, in nanoseconds: smoothed + max(4 variations, 1 ms). 0 before the first sample. */
    public long timeoutNanos() {
        return samples == 0 ? 0 : (long) (smoothedNanos + StrictMath.max(4 * variationNanos, GRANULARITY_NANOS));
    }

    /** The smoothed round trip in nanoseconds; 0 before the first sample. */
    double smoothedNanos() {
        return smoothedNanos;
    }

    double variationNanos() {
        return variationNanos;
    }

    long latestAtNanos() {
        return latestAtNanos;
    }

    /** How many round trips were used. */
    public long samples() {
        return samples;
    }

    /** How many were ignored because their message had been sent more than once. */
    public long ignoredSamples() {
        return ignoredSamples;
    }

    /** How many times the clock ran backwards or a round trip was negative. */
    public long faults() {
        return faults;
    }

    private long ageNanos(long nowNanos) {
        return StrictMath.max(0, nowNanos - latestAtNanos);
    }
}
