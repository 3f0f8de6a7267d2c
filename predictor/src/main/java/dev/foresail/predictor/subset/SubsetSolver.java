package dev.foresail.predictor.subset;

import dev.foresail.predictor.subset.SubsetAnswer.How;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Chooses the best k of n candidates under constraints. First prices for the limits are sought, which bound what any choice can be worth
 * and give good choices by the way. What the bound does not rule out is decided candidate by candidate, with a linear program's bound, until
 * the best is known or the budget is used up. The answer says which. Stateless, thread-safe; the same problem and number of steps give the
 * same answer on every machine.
 *
 * <pre>{@code
 * SubsetProblem problem = SubsetProblem.choose(2, 10, 8, 7, 3)
 *         .atMost("sum(cost) <= 9", 9, 6, 4, 4, 1)
 *         .atMostPerGroup("at most 1 per isp", 1, 0, 0, 1, 1);
 * SubsetAnswer answer = SubsetSolver.solve(problem, SubsetBudget.DEFAULT);
 * }</pre>
 */
public final class SubsetSolver {
    private final SubsetProblem problem;
    private final Effort effort;
    private final GreedyChoice best;
    private final Multipliers multipliers;

    private SubsetSolver(SubsetProblem problem, SubsetBudget budget) {
        this.problem = problem;
        effort = new Effort(budget);
        best = new GreedyChoice(problem, effort);
        multipliers = new Multipliers(problem, best, effort);
    }

    /** The best choice, or the best that was found within the budget. */
    public static SubsetAnswer solve(SubsetProblem problem, SubsetBudget budget) {
        return new SubsetSolver(problem, budget).solve(true);
    }

    /** As {@link #solve}; where nothing meets the limits, it is not looked for what would have to give way. */
    public static SubsetAnswer solveOrNone(SubsetProblem problem, SubsetBudget budget) {
        return new SubsetSolver(problem, budget).solve(false);
    }

    private SubsetAnswer solve(boolean explains) {
        multipliers.improve();
        best.exchange();
        double bound = best.isBest(multipliers.bound()) ? Double.NEGATIVE_INFINITY : searched();
        boolean isBest = best.isBest(bound);
        if (!best.isFound()) {
            return bound == Double.NEGATIVE_INFINITY
                    ? new SubsetAnswer(
                            How.INFEASIBLE,
                            List.of(),
                            Double.NaN,
                            Double.NaN,
                            explains ? ElasticRelaxation.of(problem, effort) : List.of())
                    : new SubsetAnswer(How.UNKNOWN, List.of(), Double.NaN, bound, List.of());
        }
        List<Integer> chosen = Arrays.stream(best.chosen()).boxed().toList();
        double known = isBest ? best.value() : bound;
        return new SubsetAnswer(isBest ? How.OPTIMAL : How.GREEDY, chosen, best.value(), known, List.of());
    }

    /** No choice that was not looked at is worth more than this. */
    private double searched() {
        double bound = multipliers.bound();
        Core core = new Core(problem, multipliers.ruledOut(), new boolean[problem.size()]);
        while (!effort.isUsedUp() && core.isSmall() && core.size() > 0) {
            SubsetTree tree = new SubsetTree(problem, core, best, effort);
            if (!tree.begin()) {
                return Double.NEGATIVE_INFINITY;
            }
            bound = Math.min(bound, tree.bound());
            OptionalDouble open = tree.search();
            if (open.isPresent()) {
                return Math.min(bound, open.getAsDouble());
            }
            core = tree.remaining();
        }
        best.offerIfMet(core.taken());
        return core.size() == 0 ? Double.NEGATIVE_INFINITY : bound;
    }
}
