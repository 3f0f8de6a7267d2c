package dev.foresail.predictor.lookahead;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs the alternatives of a choice by timed roll-outs. Thread-safe; a call runs on the caller's thread.
 *
 * <p>Idea: the i-th roll-out of every alternative draws from the same random stream (common random numbers), so their
 * difference is due to the alternative and not to luck. Best-arm allocation by successive elimination: after each round an alternative
 * that is confidently worse than the best is given up ({@link Elimination}), and so is one that came to exactly the same in every round; what they leave of the budget
 * goes to the others. When nothing varies, the first rounds say it all. The streams are derived from the node and the number of the prediction, never from the world's, so
 * look-ahead is not clairvoyant.
 */
public final class Evaluator<S> {
    private static final int MIN_ROUNDS = 2;

    private final BoundObjective<S> objective;
    private final RollOuts<S> rollOuts;
    private final int maxRounds;

    /** @param maxRounds the most roll-outs per alternative in the mean, at least 2: those that are given up leave theirs to the others */
    public Evaluator(
            Machine<S> machine,
            BoundObjective<S> objective,
            LinkDelays delays,
            LaterChoices<S> laterChoices,
            int maxRounds) {
        if (maxRounds < MIN_ROUNDS) {
            throw new IllegalArgumentException("at least " + MIN_ROUNDS + " roll-outs, not " + maxRounds);
        }
        this.objective = objective;
        this.rollOuts = new RollOuts<>(machine, objective, delays, laterChoices);
        this.maxRounds = maxRounds;
    }

    /**
     * Weighs the alternatives. A handler that throws in a roll-out counts as a violation; a metric that throws is unknown
     * in that roll-out, and a term that no roll-out of an alternative can tell counts as the median of the others'.
     *
     * @param seed of this prediction's own random streams
     */
    public Evaluation evaluate(Snapshot<S> snapshot, Event event, List<Alternative> alternatives, long seed) {
        List<Samples<S>> samples = new ArrayList<>();
        List<Samples<S>> running = new ArrayList<>();
        for (int index = 0; index < alternatives.size(); index++) {
            samples.add(new Samples<>(index, objective));
            running.add(samples.get(index));
        }
        StartingPoint<S> start = rollOuts.startingAt(snapshot);
        int budget = maxRounds * alternatives.size();
        int played = 0;
        for (int round = 0; round < MIN_ROUNDS || (running.size() > 1 && played + running.size() <= budget); round++) {
            for (Samples<S> sample : running) {
                sample.add(rollOuts.play(start, event, alternatives.get(sample.index()), seed, round));
                played++;
            }
            if (round + 1 >= MIN_ROUNDS) {
                Samples<S> best = Samples.best(running);
                running.removeIf(other -> other != best && other.isDecidedAgainst(best));
            }
        }
        Samples<S> best = Samples.best(running);
        return new Evaluation(
                best.index(),
                Samples.values(samples),
                played,
                Samples.rivals(samples, best),
                Samples.notices(objective, samples));
    }
}
