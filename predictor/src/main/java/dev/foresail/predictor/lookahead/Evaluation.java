package dev.foresail.predictor.lookahead;

import dev.foresail.predictor.node.Decision;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The predicted worth of a choice's alternatives.
 *
 * @param best the index of the best; the first of equals
 * @param values one per alternative
 * @param rollOuts how many were run in all
 * @param rivals the indices of those that luck alone may have made worse than the best, and that do not violate safety more; the best is among them
 * @param notices what the operator should know of the objective
 */
public record Evaluation(
        int best, List<Decision.Value> values, int rollOuts, SortedSet<Integer> rivals, List<Notice> notices)
        implements Prediction {
    public Evaluation {
        values = List.copyOf(values);
        rivals = Collections.unmodifiableSortedSet(new TreeSet<>(rivals));
        notices = List.copyOf(notices);
    }

    /** Something an operator should know. */
    public record Notice(String code, String text) {}

    /** Without rivals and notices. */
    public Evaluation(int best, List<Decision.Value> values, int rollOuts) {
        this(best, values, rollOuts, new TreeSet<>(List.of(best)), List.of());
    }

    /** The same with values of which more is known. */
    public Evaluation with(List<Decision.Value> known) {
        return new Evaluation(best, known, rollOuts, rivals, notices);
    }

    /** The same, but of what cannot be told from the best the one that was best before. */
    public Evaluation steady(int before) {
        return before != best && rivals.contains(before)
                ? new Evaluation(before, values, rollOuts, rivals, notices)
                : this;
    }
}
