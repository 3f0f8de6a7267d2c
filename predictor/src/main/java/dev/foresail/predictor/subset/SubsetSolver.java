package dev.foresail.predictor.subset;

import dev.foresail.predictor.subset.SubsetAnswer.How;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses the best k of n candidates under constraints. First prices for the limits are sought, which bound what any choice can be worth
 * and give good choices by the way; then choices are gone through in order of worth, those that the bound rules out left out, until
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
    private SubsetSolver() {}

    public static SubsetAnswer solve(SubsetProblem problem, SubsetBudget budget) {
        GreedyChoice best = new GreedyChoice(problem);
        Multipliers multipliers = new Multipliers(problem, best);
        multipliers.improve();
        best.exchange();
        boolean isBest =
                best.isBest(multipliers.bound()) || SubsetSearch.isExhausted(problem, multipliers, best, budget);
        if (!best.isFound()) {
            return isBest
                    ? new SubsetAnswer(How.INFEASIBLE, List.of(), Double.NaN, Double.NaN, ElasticRelaxation.of(problem))
                    : new SubsetAnswer(How.UNKNOWN, List.of(), Double.NaN, multipliers.bound(), List.of());
        }
        List<Integer> chosen = Arrays.stream(best.chosen()).boxed().toList();
        double bound = isBest ? best.value() : multipliers.bound();
        return new SubsetAnswer(isBest ? How.OPTIMAL : How.GREEDY, chosen, best.value(), bound, List.of());
    }
}
