package dev.foresail.predictor.lookahead;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs the alternatives of a choice by timed roll-outs. Thread-safe; a call runs on the caller's thread.
 *
 * <p>Idea: the i-th roll-out of every alternative draws from the same random stream (common random numbers), so their
 * difference is due to the alternative and not to luck. After a few rounds an alternative that is confidently worse than
 * the best is dropped: the mean of the paired differences is more than two standard errors away. When nothing varies, the
 * first rounds say it all. Trade-off: two standard errors after few rounds may drop the true best; the loss is then of the
 * order of the spread. The streams are derived from the node and the number of the prediction, never from the world's, so
 * look-ahead is not clairvoyant.
 */
public final class Evaluator<S> {
    private static final int MIN_ROUNDS = 2;
    private static final double STANDARD_ERRORS = 2;

    private final RollOuts<S> rollOuts;
    private final int maxRounds;

    /** @param maxRounds the most roll-outs of one alternative, at least 2 */
    public Evaluator(
            Machine<S> machine,
            BoundObjective<S> objective,
            LinkDelays delays,
            LaterChoices<S> laterChoices,
            int maxRounds) {
        if (maxRounds < MIN_ROUNDS) {
            throw new IllegalArgumentException("at least " + MIN_ROUNDS + " roll-outs, not " + maxRounds);
        }
        this.rollOuts = new RollOuts<>(machine, objective, delays, laterChoices);
        this.maxRounds = maxRounds;
    }

    /**
     * Weighs the alternatives. A handler that throws in a roll-out counts as a violation; a metric that throws is the
     * author's mistake and is passed on.
     *
     * @param seed of this prediction's own random streams
     */
    public Evaluation evaluate(Snapshot<S> snapshot, Event event, List<Alternative> alternatives, long seed) {
        List<Samples> samples = new ArrayList<>();
        List<Samples> running = new ArrayList<>();
        for (int index = 0; index < alternatives.size(); index++) {
            samples.add(new Samples(index));
            running.add(samples.get(index));
        }
        int played = 0;
        for (int round = 0; round < maxRounds && (round < MIN_ROUNDS || running.size() > 1); round++) {
            for (Samples sample : running) {
                sample.add(rollOuts.play(snapshot, event, alternatives.get(sample.index), seed, round)
                        .costs());
                played++;
            }
            if (round + 1 >= MIN_ROUNDS) {
                Samples best = best(running);
                running.removeIf(other -> other != best && other.isDecidedAgainst(best));
            }
        }
        Samples best = best(running);
        return new Evaluation(best.index, values(samples), played);
    }

    private static Samples best(List<Samples> running) {
        Samples best = running.get(0);
        for (Samples candidate : running) {
            if (Costs.compare(candidate.means(), best.means()) < 0) {
                best = candidate;
            }
        }
        return best;
    }

    /** Shows the first term that tells the alternatives apart, as that is the one that decides. */
    private static List<Decision.Value> values(List<Samples> samples) {
        int terms = samples.get(0).means().length;
        int shown = Math.min(1, terms - 1);
        for (int term = terms - 1; term >= 0; term--) {
            for (Samples sample : samples) {
                if (Costs.differ(sample.means()[term], samples.get(0).means()[term])) {
                    shown = term;
                }
            }
        }
        List<Decision.Value> values = new ArrayList<>();
        for (Samples sample : samples) {
            values.add(new Decision.Value(sample.means()[shown], sample.deviation(shown), sample.costs.size()));
        }
        return values;
    }

    /** The costs of one alternative's roll-outs. */
    private static final class Samples {
        final int index;
        final List<double[]> costs = new ArrayList<>();

        Samples(int index) {
            this.index = index;
        }

        void add(double[] cost) {
            costs.add(cost);
        }

        double[] means() {
            double[] means = new double[costs.get(0).length];
            for (double[] cost : costs) {
                for (int term = 0; term < means.length; term++) {
                    means[term] += cost[term] / costs.size();
                }
            }
            return means;
        }

        double deviation(int term) {
            double mean = means()[term];
            double squares = 0;
            for (double[] cost : costs) {
                squares += (cost[term] - mean) * (cost[term] - mean);
            }
            return costs.size() < 2 ? 0 : StrictMath.sqrt(squares / (costs.size() - 1));
        }

        /**
         * Whether more rounds are pointless: confidently worse than the best, or equal to it in every round so far.
         */
        boolean isDecidedAgainst(Samples best) {
            for (int term = 0; term < costs.get(0).length; term++) {
                double sum = 0;
                double squares = 0;
                for (int round = 0; round < costs.size(); round++) {
                    double difference = costs.get(round)[term] - best.costs.get(round)[term];
                    sum += difference;
                    squares += difference * difference;
                }
                double mean = sum / costs.size();
                double variance = Math.max(0, squares / costs.size() - mean * mean);
                double standardError = StrictMath.sqrt(variance / costs.size());
                if (Costs.differ(mean, 0) || Costs.differ(variance, 0)) {
                    return mean > STANDARD_ERRORS * standardError;
                }
            }
            return true;
        }
    }
}
