package dev.foresail.network.measure;

import java.time.Duration;

/**
 * How a {@link PhiAccrual} judges a silence.
 *
 * @param threshold the level of suspicion from which on a peer is suspected, finite and above 0; at 8 a peer whose heartbeats
 *     come as they came so far is suspected wrongly once in 10^8 silences
 * @param window how many of the latest intervals count, from 1 to {@value #LARGEST_WINDOW}
 * @param minimumDeviation the least standard deviation that is reckoned with, above zero: heartbeats that were very regular so
 *     far may be a little late all the same
 * @param acceptablePause how much longer than usual a silence may be, at least 0
 * @param heartbeat how often heartbeats are sent, and so the first estimate of their interval, above zero
 */
public record PhiAccrualSettings(
        double threshold, int window, Duration minimumDeviation, Duration acceptablePause, Duration heartbeat) {
    /** Each heartbeat looks at all intervals of its window. */
    public static final int LARGEST_WINDOW = 10_000;

    /** Those of Akka's cluster (akka-cluster/reference.conf). */
    public static final PhiAccrualSettings DEFAULT =
            new PhiAccrualSettings(8.0, 1000, Duration.ofMillis(100), Duration.ofSeconds(3), Duration.ofSeconds(1));

    /** @throws IllegalArgumentException when a value is out of its range */
    public PhiAccrualSettings {
        if (!(threshold > 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException("the threshold is above 0, not " + threshold);
        }
        if (window < 1 || window > LARGEST_WINDOW) {
            throw new IllegalArgumentException("the window has 1 to " + LARGEST_WINDOW + " intervals, not " + window);
        }
        if (acceptablePause.isNegative()) {
            throw new IllegalArgumentException("the acceptable pause is at least 0, not " + acceptablePause);
        }
        if (!isPositive(minimumDeviation) || !isPositive(heartbeat)) {
            throw new IllegalArgumentException("the least deviation and the heartbeat are above zero, not "
                    + minimumDeviation + " and " + heartbeat);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
