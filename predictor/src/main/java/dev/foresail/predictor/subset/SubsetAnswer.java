package dev.foresail.predictor.subset;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which candidates are chosen, and how good that is known to be. Immutable.
 *
 * @param how what is known
 * @param chosen the candidates' indices, growing; empty when no choice meets all constraints or none was found
 * @param value the sum of their values
 * @param bound no choice that meets all constraints has a larger sum than this
 * @param relaxations when nothing meets all constraints: the least to give way, constraint by constraint
 */
public record SubsetAnswer(How how, List<Integer> chosen, double value, double bound, List<Relaxation> relaxations) {
    /** What is known of an answer. */
    public enum How {
        /** Nothing is better. */
        OPTIMAL,
        /** Found in order of worth, and improved until the budget was used up; better ones may exist, up to the bound. */
        GREEDY,
        /** Nothing meets all constraints. */
        INFEASIBLE,
        /** The budget was used up before anything was found that meets all constraints. */
        UNKNOWN
    }

    /**
     * A constraint that has to give way.
     *
     * @param constraint as it was written
     * @param by how much its limit has to be moved, above 0
     */
    public record Relaxation(String constraint, double by) {}

    public SubsetAnswer {
        chosen = List.copyOf(chosen);
        relaxations = List.copyOf(relaxations);
    }

    /** How much better than what was found the best may be: 0 when it was found, not a number when nothing was. */
    public double gap() {
        return bound - value;
    }

    /** How good the answer is known to be, for people. */
    public String inWords() {
        return switch (how) {
            case OPTIMAL -> "the best there is: " + value;
            case GREEDY -> "best found, at most " + gap() + " below the best there is: " + value;
            case INFEASIBLE ->
                "nothing meets all constraints; what has to give way at least: "
                        + (relaxations.isEmpty()
                                ? "not known"
                                : relaxations.stream()
                                        .map(each -> "'" + each.constraint() + "' by " + each.by())
                                        .collect(Collectors.joining(", ")));
            case UNKNOWN -> "nothing was found that meets all constraints, within the budget";
        };
    }
}
