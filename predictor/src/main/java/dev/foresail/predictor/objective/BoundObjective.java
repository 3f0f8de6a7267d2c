package dev.foresail.predictor.objective;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.predictor.view.PictureView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An objective with what it names of a protocol, compiled once. A roll-out becomes a row of numbers ({@link Recording}), and the rows of an alternative become
 * its costs. Stateless, thread-safe.
 */
public final class BoundObjective<S> {
    private static final double[] NO_FIGURES = {};

    private final Objective objective;
    private final Recording.Plan<S> plan;
    private final List<BoundGoal> goals = new ArrayList<>();
    private final boolean usesLinks;

    /** @throws IllegalArgumentException when a name is unknown, or the goals do not fit the protocol */
    public BoundObjective(Machine<S> machine, Objective objective) {
        this.objective = objective;
        SlotPlan<S> slots = new SlotPlan<>(objective.horizon().toNanos());
        Vocabulary<S> vocabulary = new Vocabulary<>(machine, objective.provided());
        List<Compiled> columns = new ArrayList<>();
        goals.add(BoundGoal.mean("safety", 0));
        for (Objective.Goal goal : objective.terms()) {
            if (goal instanceof Objective.Term term) {
                columns.add(sum(vocabulary, slots, term));
                goals.add(BoundGoal.mean(term.weights().toString(), columns.size()));
            } else if (goal instanceof Objective.Formula formula) {
                Mistakes mistakes = new Mistakes();
                goals.add(new GoalCompiler<>(new Leaves<>(vocabulary, slots, mistakes), mistakes, columns)
                        .compile(formula)
                        .orElseThrow(() -> refusal(formula, mistakes.all())));
            }
        }
        this.plan = new Recording.Plan<>(machine, slots, columns);
        this.usesLinks = plan.hasFigures();
    }

    /**
     * What is wrong with a goal for a protocol; empty when nothing is.
     *
     * @param objective with the goal's horizon and the figures that providers tell
     */
    public static List<Mistake> mistakes(Machine<?> machine, Objective.Formula formula, Objective objective) {
        return mistakesOf(machine, formula, objective);
    }

    private static <S> List<Mistake> mistakesOf(Machine<S> machine, Objective.Formula formula, Objective objective) {
        Mistakes mistakes = new Mistakes();
        Leaves<S> leaves = new Leaves<>(
                new Vocabulary<>(machine, objective.provided()),
                new SlotPlan<>(objective.horizon().toNanos()),
                mistakes);
        new GoalCompiler<>(leaves, mistakes, new ArrayList<>()).compile(formula);
        return mistakes.all();
    }

    private static IllegalArgumentException refusal(Objective.Formula formula, List<Mistake> mistakes) {
        return new IllegalArgumentException(mistakes.stream()
                .map(mistake -> "[" + mistake.code() + "] '"
                        + formula.expression().text() + "', column " + mistake.column() + ": " + mistake.text())
                .collect(Collectors.joining("\n")));
    }

    private static <S> Compiled sum(Vocabulary<S> vocabulary, SlotPlan<S> slots, Objective.Term term) {
        Leaves<S> leaves = new Leaves<>(vocabulary, slots, new Mistakes());
        List<Compiled> weighted = new ArrayList<>();
        term.weights().forEach((name, weight) -> weighted.add(leaves.weighted(metric(vocabulary, name), weight)));
        Compiled[] parts = weighted.toArray(new Compiled[0]);
        return values -> {
            double sum = 0;
            for (Compiled part : parts) {
                sum += part.of(values);
            }
            return sum;
        };
    }

    private static <S> MetricDescription<S> metric(Vocabulary<S> vocabulary, String name) {
        return vocabulary
                .metric(name)
                .orElseThrow(() -> new IllegalArgumentException("no metric of " + vocabulary.protocol() + " is named '"
                        + name + "'; its metrics are " + vocabulary.metrics()));
    }

    public Objective objective() {
        return objective;
    }

    /** Whether roll-outs need to know of the links to candidates. */
    public boolean usesLinks() {
        return usesLinks;
    }

    /** When a future is looked at, in nanoseconds from the choice on, ascending; the last is the horizon. */
    public long[] timesNanos() {
        return plan.timesNanos();
    }

    /** How many costs there are: the violated safety and one of each goal. */
    public int terms() {
        return goals.size();
    }

    /**
     * Begins to take down one roll-out.
     *
     * @param figures of the link to the alternative's candidate by the order of {@link dev.foresail.predictor.lookahead.LinkFigure}, then those of
     *     {@link Objective#provided}, NaN where unknown; may be empty where {@link #usesLinks} says so
     */
    public Recording<S> begin(double[] figures) {
        return new Recording<>(plan, figures);
    }

    /**
     * The costs in the view, the lower the better: first the number of violated safety properties, then the terms in
     * order. What cannot be told is NaN; in a weighted sum, a metric that depends on unknown nodes counts as 0, as it cannot tell alternatives
     * apart.
     */
    public double[] costs(PictureView<S> view) {
        return costs(view, NO_FIGURES);
    }

    /** As {@link #costs(PictureView)}, with what {@link #begin} takes. */
    public double[] costs(PictureView<S> view, double[] figures) {
        return costs(List.of(begin(figures).present(view)));
    }

    /** The costs of an alternative: first the mean number of violated safety properties, then the terms in order; NaN where nothing is known. */
    public double[] costs(List<double[]> rows) {
        double[] costs = new double[goals.size()];
        for (int term = 0; term < costs.length; term++) {
            costs[term] = goals.get(term).cost(rows);
        }
        return costs;
    }

    /** How far apart the roll-outs are by a term. */
    public double deviation(int term, List<double[]> rows) {
        return goals.get(term).deviation(rows);
    }

    /** Whether more roll-outs are pointless for an alternative: confidently worse than the best, or equal to it so far. */
    public boolean isDecidedAgainst(List<double[]> rows, List<double[]> best) {
        return standing(rows, best) != BoundGoal.Standing.OPEN;
    }

    /** Whether an alternative is worse than the best with confidence. */
    public boolean isWorse(List<double[]> rows, List<double[]> best) {
        return standing(rows, best) == BoundGoal.Standing.WORSE;
    }

    /** Whether luck may be all that makes an alternative worse than the best. */
    public boolean isLuckAlone(List<double[]> rows, List<double[]> best) {
        return BoundGoal.isLuckAlone(goals, rows, best);
    }

    /** By the first goal that tells them apart. */
    private BoundGoal.Standing standing(List<double[]> rows, List<double[]> best) {
        for (BoundGoal goal : goals) {
            BoundGoal.Standing standing = goal.standing(rows, best);
            if (standing != BoundGoal.Standing.ALIKE) {
                return standing;
            }
        }
        return BoundGoal.Standing.ALIKE;
    }

    /** The constraint that a term is, for people; empty when it is none. */
    public Optional<String> constraint(int term) {
        return Optional.of(goals.get(term)).filter(BoundGoal::isConstraint).map(BoundGoal::text);
    }
}
