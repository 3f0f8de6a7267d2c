package dev.foresail.network.measure;

/**
 * The share of messages that a link loses: a Beta distribution of the losses among the latest thousand or so messages, and the
 * moving average of intervals, which follows a change sooner. Before the first message half a lost one in a hundred is believed.
 *
 * <p>Not thread-safe. Never throws: counts that cannot be (negative, more lost than sent) are cut.
 *
 * <p>Source: the conjugate prior of a binomial; the moving average's gain of 1/8 is that of the smoothed round trip (RFC 6298).
 */
public final class LossEstimator {
    /** Losses are counted with a memory of about this many messages. */
    private static final double MEMORY_MESSAGES = 1_000;
    /** The deviation of a probability of 1/200 known from a hundred messages, about. */
    private static final double PRIOR_LOST = 0.5;

    private static final double PRIOR_SENT = 100;

    private double sent;
    private double lost;
    private double recentShare;
    private long outcomes;
    private long latestAtNanos;

    /**
     * Takes what became of the messages of one interval.
     *
     * @param sentMessages how many; nothing happens below 1
     * @param lostMessages how many of them were lost, as far as the transport can tell
     */
    public void observe(long sentMessages, long lostMessages, long nowNanos) {
        if (sentMessages <= 0) {
            return;
        }
        double gone = StrictMath.min(StrictMath.max(0, lostMessages), sentMessages);
        double keep = sentMessages == 1
                ? 1 - 1 / MEMORY_MESSAGES
                : StrictMath.pow(1 - 1 / MEMORY_MESSAGES, (double) sentMessages);
        // As if the messages had come one by one, losses spread evenly among them.
        double weight = (1 - keep) * MEMORY_MESSAGES;
        sent = sent * keep + weight;
        lost = lost * keep + weight * gone / sentMessages;
        double share = gone / sentMessages;
        recentShare += (share - recentShare) / (outcomes == 0 ? 1 : 8);
        outcomes = StrictMath.max(outcomes, outcomes + sentMessages);
        latestAtNanos = nowNanos;
    }

    /** The probability, in (0,1), that one message is lost, with its standard deviation; unknown before the first message. */
    public Figure probability(long nowNanos) {
        if (outcomes == 0) {
            return Figure.assumed(0);
        }
        double all = sent + PRIOR_SENT;
        double probability = (lost + PRIOR_LOST) / all;
        double deviation = StrictMath.sqrt(probability * (1 - probability) / (all + 1));
        return new Figure(probability, deviation, outcomes, StrictMath.max(0, nowNanos - latestAtNanos));
    }

    /** The share lost in the latest intervals, in [0,1], with a gain of 1/8 per interval; 0 before the first. */
    public double recentShare() {
        return recentShare;
    }

    /**
     * Where the probability lies with the given credibility, symmetrical in probability.
     *
     * @param credibility strictly between 0 and 1
     */
    public Interval credibleInterval(double credibility) {
        double a = lost + PRIOR_LOST;
        double b = sent + PRIOR_SENT - a;
        return new Interval(
                BetaDistribution.quantile((1 - credibility) / 2, a, b),
                BetaDistribution.quantile((1 + credibility) / 2, a, b));
    }
}
