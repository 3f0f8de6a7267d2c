package dev.foresail.predictor.resolve;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.Decision;
import java.util.List;

/**
 * A share of decisions takes another alternative than the best, drawn at random, so that predictions which are never tried can prove wrong. Never where
 * predicted violations of safety tell the alternatives apart. Draws nothing when nothing is to be explored. Not thread-safe.
 */
final class Exploration {
    /** Of the objective's terms. */
    private static final int SAFETY = 0;

    private final double share;
    private final RandomStream random;

    /**
     * @param share in [0, 1]
     * @param random of this node's look-ahead
     */
    Exploration(double share, RandomStream random) {
        this.share = share;
        this.random = random;
    }

    /** The index of what is taken: {@code best}, or now and then another one. */
    int take(int best, List<Decision.Value> values) {
        if (share == 0 || values.size() < 2 || values.get(best).term() == SAFETY || random.nextDouble() >= share) {
            return best;
        }
        int other = random.nextInt(values.size() - 1);
        return other < best ? other : other + 1;
    }
}
