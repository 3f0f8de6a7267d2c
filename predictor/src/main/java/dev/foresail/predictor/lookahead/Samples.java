package dev.foresail.predictor.lookahead;

import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.BoundObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The roll-outs of one alternative, and how alternatives compare by theirs. Not thread-safe. */
final class Samples<S> {
    /** Rounds with generic nodes before one is given up. */
    private static final int LEAST_IMAGINED = 8;

    private final int index;
    private final BoundObjective<S> objective;
    private final List<double[]> rows = new ArrayList<>();
    private Optional<String> trouble = Optional.empty();
    private Optional<String> unimagined = Optional.empty();
    private boolean imagined;
    private double[] costs = {};
    private boolean wasWorse;

    /** @param index of the alternative */
    Samples(int index, BoundObjective<S> objective) {
        this.index = index;
        this.objective = objective;
    }

    int index() {
        return index;
    }

    void add(RollOut rollOut) {
        rows.add(rollOut.row());
        trouble = trouble.or(rollOut::trouble);
        unimagined = unimagined.or(rollOut::unimagined);
        imagined |= rollOut.hasGeneric();
        costs = objective.costs(rows);
    }

    /**
     * Whether more rounds are pointless: confidently worse than the best, or equal to it in every round so far. What is drawn for generic nodes may be the same
     * by luck, and different by luck in a few rounds.
     */
    boolean isDecidedAgainst(Samples<S> best) {
        boolean isDrawn = imagined || best.imagined;
        if (isDrawn && rows.size() < LEAST_IMAGINED) {
            return false;
        }
        noteWorse(best);
        return wasWorse || (!isDrawn && objective.isDecidedAgainst(rows, best.rows));
    }

    private void noteWorse(Samples<S> best) {
        wasWorse |= objective.isWorse(rows, best.rows);
    }

    /**
     * Those that luck alone may have made worse than the best, and that do not violate safety more, by their indices; the best is among them. Where differences
     * cannot be tested, as those of percentiles, there are no others.
     */
    static <S> SortedSet<Integer> rivals(List<Samples<S>> samples, Samples<S> best) {
        SortedSet<Integer> rivals = new TreeSet<>();
        for (Samples<S> sample : samples) {
            sample.noteWorse(best);
            if (sample == best || sample.isRivalOf(best)) {
                rivals.add(sample.index);
            }
        }
        return rivals;
    }

    private boolean isRivalOf(Samples<S> best) {
        return !wasWorse && costs[0] <= best.costs[0] && objective.isLuckAlone(rows, best.rows);
    }

    static <S> Samples<S> best(List<Samples<S>> running) {
        double[][] costs = costs(running);
        int best = 0;
        for (int candidate = 1; candidate < costs.length; candidate++) {
            if (Costs.compare(costs[candidate], costs[best]) < 0) {
                best = candidate;
            }
        }
        return running.get(best);
    }

    /** The costs of each; one that is not known of an alternative counts as the median of the others', as 0 where it is known of none. */
    private static <S> double[][] costs(List<Samples<S>> samples) {
        double[][] costs = new double[samples.size()][];
        for (int alternative = 0; alternative < costs.length; alternative++) {
            costs[alternative] = samples.get(alternative).costs.clone();
        }
        for (int term = 0; term < costs[0].length; term++) {
            fill(costs, term);
        }
        return costs;
    }

    private static void fill(double[][] costs, int term) {
        int known = 0;
        double[] sorted = new double[costs.length];
        for (double[] cost : costs) {
            if (!Double.isNaN(cost[term])) {
                sorted[known++] = cost[term];
            }
        }
        if (known == costs.length) {
            return;
        }
        Arrays.sort(sorted, 0, known);
        double otherwise = known == 0 ? 0 : sorted[known / 2];
        for (double[] cost : costs) {
            if (Double.isNaN(cost[term])) {
                cost[term] = otherwise;
            }
        }
    }

    /** Shows the first term that tells the alternatives apart, as that is the one that decides. */
    static <S> List<Decision.Value> values(List<Samples<S>> samples) {
        double[][] costs = costs(samples);
        int terms = costs[0].length;
        int shown = Math.min(1, terms - 1);
        for (int term = terms - 1; term >= 0; term--) {
            for (double[] cost : costs) {
                if (Costs.differ(cost[term], costs[0][term])) {
                    shown = term;
                }
            }
        }
        List<Decision.Value> values = new ArrayList<>();
        for (int alternative = 0; alternative < costs.length; alternative++) {
            Samples<S> sample = samples.get(alternative);
            // What counts as the others' median is no prediction, which outcomes could be compared with.
            boolean isPredicted = !Double.isNaN(sample.costs[shown]);
            values.add(new Decision.Value(
                    costs[alternative][shown],
                    sample.objective.deviation(shown, sample.rows),
                    sample.rows.size(),
                    isPredicted ? shown : Decision.Value.UNKNOWN_TERM));
        }
        return values;
    }

    /** What the operator should know: constraints that no alternative meets, and what could not be told. */
    static <S> List<Evaluation.Notice> notices(BoundObjective<S> objective, List<Samples<S>> samples) {
        List<Evaluation.Notice> notices = new ArrayList<>();
        for (int term = 0; term < objective.terms(); term++) {
            Optional<String> constraint = objective.constraint(term);
            if (constraint.isPresent() && isMissedByAll(term, samples)) {
                notices.add(new Evaluation.Notice(
                        "FS460",
                        "no alternative meets '" + constraint.get() + "'; the one is taken that misses it least"));
            }
        }
        samples.stream()
                .flatMap(sample -> sample.trouble.stream())
                .findFirst()
                .ifPresent(trouble -> notices.add(new Evaluation.Notice("FS461", trouble + "; it counts as unknown")));
        samples.stream()
                .flatMap(sample -> sample.unimagined.stream())
                .findFirst()
                .ifPresent(trouble -> notices.add(
                        new Evaluation.Notice("FS561", "not known: " + trouble + "; it takes what it is sent")));
        return notices;
    }

    private static <S> boolean isMissedByAll(int term, List<Samples<S>> samples) {
        return samples.stream().allMatch(sample -> sample.costs[term] > 0);
    }
}
