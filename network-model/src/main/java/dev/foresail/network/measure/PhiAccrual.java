package dev.foresail.network.measure;

/**
 * How much a peer is to be suspected, by how its heartbeats came so far: phi = -log10 of the probability that a heartbeat comes
 * still later, when intervals are distributed normally. Phi grows with the silence; from the threshold on the peer is suspected.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock and must not run backwards. A heartbeat allocates nothing.
 *
 * <p>Source: N. Hayashibara, X. Defago, R. Yared, T. Katayama, "The phi accrual failure detector" (SRDS 2004), as in Akka's
 * PhiAccrualFailureDetector: the cumulative distribution by a logistic approximation, a first estimate of the heartbeat's
 * interval with a quarter of it as deviation, and the interval that ends a suspicion not counted.
 */
public final class PhiAccrual {
    private final double threshold;
    private final double minimumDeviationNanos;
    private final double acceptablePauseNanos;
    /** A ring: the latest intervals. */
    private final double[] intervalsNanos;

    private int intervals;
    private int next;
    private double meanNanos;
    private double deviationNanos;
    private boolean heard;
    private long latestNanos;

    public PhiAccrual(PhiAccrualSettings settings) {
        threshold = settings.threshold();
        minimumDeviationNanos = settings.minimumDeviation().toNanos();
        acceptablePauseNanos = settings.acceptablePause().toNanos();
        intervalsNanos = new double[settings.window()];
        double first = settings.heartbeat().toNanos();
        add(first - first / 4);
        add(first + first / 4);
    }

    /**
     * A heartbeat has come.
     *
     * @throws IllegalArgumentException when the clock ran backwards
     */
    public void heartbeat(long nowNanos) {
        if (heard) {
            checkClock(nowNanos);
            // The end of a failure says nothing of how regular heartbeats are.
            if (!isSuspected(nowNanos)) {
                add((double) (nowNanos - latestNanos));
            }
        }
        heard = true;
        latestNanos = nowNanos;
    }

    private void checkClock(long nowNanos) {
        if (nowNanos - latestNanos < 0) {
            throw new IllegalArgumentException("the clock ran backwards: " + nowNanos + " after " + latestNanos);
        }
    }

    private void add(double intervalNanos) {
        intervalsNanos[next] = intervalNanos;
        next = (next + 1) % intervalsNanos.length;
        intervals = StrictMath.min(intervals + 1, intervalsNanos.length);
        // Anew each time: sums that are carried on drift, and a heartbeat is rare.
        double sum = 0;
        for (int index = 0; index < intervals; index++) {
            sum += intervalsNanos[index];
        }
        meanNanos = sum / intervals;
        double squares = 0;
        for (int index = 0; index < intervals; index++) {
            double off = intervalsNanos[index] - meanNanos;
            squares += off * off;
        }
        deviationNanos = StrictMath.max(minimumDeviationNanos, StrictMath.sqrt(squares / intervals));
    }

    /**
     * The level of suspicion, at least 0; infinite where the probability is too small for a number. 0 before the first
     * heartbeat.
     *
     * @throws IllegalArgumentException when the clock ran backwards
     */
    public double phi(long nowNanos) {
        if (!heard) {
            return 0;
        }
        checkClock(nowNanos);
        return phiOfSilence(nowNanos - latestNanos);
    }

    private double phiOfSilence(long nanos) {
        double silenceNanos = (double) nanos;
        double expectedNanos = meanNanos + acceptablePauseNanos;
        double y = (silenceNanos - expectedNanos) / deviationNanos;
        double e = StrictMath.exp(-y * (1.5976 + 0.070566 * y * y));
        double later = silenceNanos > expectedNanos ? e / (1 + e) : 1 - 1 / (1 + e);
        return StrictMath.max(0, -StrictMath.log10(later));
    }

    /** Whether phi has reached the threshold. */
    public boolean isSuspected(long nowNanos) {
        return phi(nowNanos) >= threshold;
    }

    /** How long after its latest heartbeat a peer that falls silent is suspected, in nanoseconds. */
    public long suspectedAfterNanos() {
        long enough = 1;
        while (phiOfSilence(enough) < threshold && enough < Long.MAX_VALUE / 2) {
            enough *= 2;
        }
        long tooLittle = 0;
        while (enough - tooLittle > 1) {
            long between = tooLittle + (enough - tooLittle) / 2;
            if (phiOfSilence(between) < threshold) {
                tooLittle = between;
            } else {
                enough = between;
            }
        }
        return enough;
    }

    /** How many intervals count now; the first estimate makes two, as far as the window holds them. */
    public int intervals() {
        return intervals;
    }
}
