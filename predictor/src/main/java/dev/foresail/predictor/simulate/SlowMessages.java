package dev.foresail.predictor.simulate;

import java.util.function.LongSupplier;

/**
 * Windows that are wider than what messages take at least: a message that comes to a part whose window has gone past its time is slow, and
 * arrives there and then (Slow Message Relaxation; Lin, Pan, Guo, Zhang, "Simulating Large-Scale P2P Systems with the WiDS Toolkit",
 * MASCOTS 2005). Fewer windows cost less waiting; what is simulated is a network that is slower now and then, and the digest is another one
 * each time.
 *
 * @param mostDelay how much the delays of messages between parts may grow altogether, as a share of them, above 0 to 1
 * @param wallNanos real time, by which it is seen what width is fastest
 */
public record SlowMessages(double mostDelay, LongSupplier wallNanos) {
    /** With this hardly any figure of a protocol can be told from one without slow messages. */
    public static final double DEFAULT_MOST_DELAY = 0.005;

    public SlowMessages {
        if (!(mostDelay > 0 && mostDelay <= 1)) {
            throw new IllegalArgumentException("delays grow by a share above 0 to 1, not " + mostDelay);
        }
    }

    /**
     * How windows were.
     *
     * @param windows how many
     * @param leastNanos how long windows are without slow messages
     * @param widthNanos how long the last one was at most
     * @param mostNanos what timers bound it to; {@link Long#MAX_VALUE} when they do not
     * @param between how many messages went from one part to another
     * @param slow how many of them were slow
     * @param extraNanos what they were delayed by, on average of the slow ones
     * @param delayNanos what all between parts took without it, on average
     */
    public record Report(
            long windows,
            long leastNanos,
            long widthNanos,
            long mostNanos,
            long between,
            long slow,
            double extraNanos,
            double delayNanos) {}
}
