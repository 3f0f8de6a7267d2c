package dev.foresail.network.topology;

import java.util.Optional;

/**
 * How messages are lost, as Gilbert's model has it: a link is good, and loses nothing, or bad, and loses everything; between
 * messages it changes from the one to the other with fixed probabilities.
 *
 * @param rate the share of all messages, in [0,1)
 * @param burst how many are lost in a row on average, at least 1 / (1 - rate), which is when each is lost on its own
 */
public record Loss(double rate, double burst) {
    public Loss {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("loss must lie in [0,1), got " + rate);
        }
        if (!(burst >= leastBurst(rate) && burst < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "losses in a row must be at least " + leastBurst(rate) + " on average, got " + burst);
        }
    }

    /** Each message is lost or not, whatever became of the one before. */
    public static Loss independent(double rate) {
        return new Loss(rate, leastBurst(rate));
    }

    private static double leastBurst(double rate) {
        return 1 / (1 - rate);
    }

    /** The same network but for what it loses. */
    public Topology over(Topology before) {
        return new DisturbedTopology(before, Optional.empty(), Optional.of(this), 0);
    }
}
