package dev.foresail.predictor.subset;

import dev.foresail.predictor.subset.SubsetAnswer.Relaxation;
import dev.foresail.predictor.subset.SubsetProblem.Groups;
import dev.foresail.predictor.subset.SubsetProblem.Limit;
import java.util.ArrayList;
import java.util.List;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * Which constraints have to give way so that something meets them: a program whose constraints may stretch, each at the price of the stretch
 * over its limit's size, and as little as possible. Up to {@link #MOST_WHOLE} candidates it chooses whole ones; above, parts of
 * candidates, so that it may promise too much. It takes what the budget has left; of more than a million figures nothing is said.
 */
final class ElasticRelaxation {
    private static final int MOST_WHOLE = 40;
    private static final int MOST_PIVOTS = 100_000;
    private static final long MOST_ENTRIES = 1_000_000;
    private static final double NOTICEABLE = 1e-6;

    private final SubsetProblem problem;
    private final Effort effort;
    private final ExpressionsBasedModel model = new ExpressionsBasedModel();
    private final List<Variable> candidates = new ArrayList<>();
    private final List<Variable> stretches = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    private ElasticRelaxation(SubsetProblem problem, Effort effort) {
        this.problem = problem;
        this.effort = effort;
    }

    /** The least to give way; empty when the program has no answer or nothing has to. */
    static List<Relaxation> of(SubsetProblem problem, Effort effort) {
        return isTooLarge(problem) || effort.isUsedUp() ? List.of() : new ElasticRelaxation(problem, effort).solve();
    }

    private static boolean isTooLarge(SubsetProblem problem) {
        long rows = problem.limits().size();
        for (Groups groups : problem.groups()) {
            rows += groups.count();
        }
        return rows * problem.size() > MOST_ENTRIES;
    }

    private List<Relaxation> solve() {
        Expression count = model.newExpression("chosen").level(problem.choose());
        for (int i = 0; i < problem.size(); i++) {
            Variable candidate = model.newVariable("x" + i).lower(0).upper(1);
            candidates.add(problem.size() <= MOST_WHOLE ? candidate.integer() : candidate);
            count.set(candidate, 1);
        }
        problem.limits().forEach(this::addLimit);
        problem.groups().forEach(this::addGroups);
        // A pivot looks at all candidates at least; the clock is not asked, as the answer is the same on every machine.
        int most = (int) Math.min(MOST_PIVOTS, effort.left() / (1 + problem.size()));
        model.options.iterations_suffice = most;
        model.options.iterations_abort = most;
        Optimisation.Result result = model.minimise();
        List<Relaxation> relaxations = new ArrayList<>();
        for (int c = 0; c < texts.size() && result.getState().isFeasible(); c++) {
            double by = stretches.get(c).getValue().doubleValue();
            if (by > NOTICEABLE) {
                relaxations.add(new Relaxation(texts.get(c), by));
            }
        }
        return relaxations;
    }

    private void addLimit(Limit limit) {
        Variable stretch = stretch(limit.text(), Math.abs(limit.most()));
        Expression row = model.newExpression("limit" + texts.size()).upper(limit.most());
        for (int i = 0; i < candidates.size(); i++) {
            row.set(candidates.get(i), limit.weight(i));
        }
        row.set(stretch, -1);
        texts.add(limit.text());
        stretches.add(stretch);
    }

    /** The groups stretch alike: it is their common limit that is moved. */
    private void addGroups(Groups groups) {
        Variable stretch = stretch(groups.text(), groups.most());
        if (problem.size() <= MOST_WHOLE) {
            stretch.integer();
        }
        for (int group = 0; group < groups.count(); group++) {
            Expression row =
                    model.newExpression("group" + texts.size() + "-" + group).upper(groups.most());
            for (int i = 0; i < candidates.size(); i++) {
                if (groups.groupOf(i) == group) {
                    row.set(candidates.get(i), 1);
                }
            }
            row.set(stretch, -1);
        }
        texts.add(groups.text());
        stretches.add(stretch);
    }

    private Variable stretch(String text, double size) {
        return model.newVariable("stretch of " + text + " " + texts.size())
                .lower(0)
                .weight(1 / Math.max(1, size));
    }
}
