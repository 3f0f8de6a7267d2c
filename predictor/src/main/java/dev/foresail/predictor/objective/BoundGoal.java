package dev.foresail.predictor.objective;

import dev.foresail.predictor.lookahead.Costs;
import dev.foresail.predictor.lookahead.Elimination;
import java.util.Arrays;
import java.util.List;

/**
 * A goal, compiled: which numbers of roll-outs it rests on, and what they come to. Immutable.
 *
 * @param text for messages
 * @param folds over the columns of roll-outs
 * @param combined of the folds; the cost, or of a constraint how far it is missed, negative where it is met
 * @param isPlain whether that is the mean of one column as it is
 * @param limit whether it is a constraint
 */
record BoundGoal(String text, List<Fold> folds, Compiled combined, boolean isPlain, Limit limit) {
    /**
     * The least excess over a limit that forbids to be equal, in the unit of what is compared. Just more than what {@link Costs} takes for rounding of small
     * costs, so that what equals the limit misses it, and larger misses still differ.
     */
    private static final double LEAST_EXCESS = 2e-9;

    BoundGoal {
        folds = List.copyOf(folds);
    }

    /** Whether a goal is a constraint, and whether a gap of zero meets it. */
    enum Limit {
        NONE,
        LOOSE,
        STRICT
    }

    /**
     * The mean or a percentile over roll-outs.
     *
     * @param percent from 1 to 99, 0 for the mean
     */
    record Fold(int column, int percent) {
        double of(List<double[]> rows) {
            int known = 0;
            for (double[] row : rows) {
                known += Double.isNaN(row[column]) ? 0 : 1;
            }
            if (known == 0) {
                return Double.NaN;
            }
            return percent == 0 ? mean(rows, known) : percentile(rows, known);
        }

        private double mean(List<double[]> rows, int known) {
            double mean = 0;
            for (double[] row : rows) {
                mean += Double.isNaN(row[column]) ? 0 : row[column] / known;
            }
            return mean;
        }

        private double percentile(List<double[]> rows, int known) {
            double[] sorted = rows.stream().mapToDouble(row -> row[column]).toArray();
            Arrays.sort(sorted);
            return sorted[(int) StrictMath.ceil(known * percent / 100.0) - 1];
        }
    }

    /** The mean of a column, without an expression. */
    static BoundGoal mean(String text, int column) {
        return new BoundGoal(text, List.of(new Fold(column, 0)), values -> values[0], true, Limit.NONE);
    }

    boolean isConstraint() {
        return limit != Limit.NONE;
    }

    /** What roll-outs come to, the lower the better; NaN when none could tell. */
    double cost(List<double[]> rows) {
        double[] folded = new double[folds.size()];
        for (int index = 0; index < folded.length; index++) {
            folded[index] = folds.get(index).of(rows);
        }
        return excess(combined.of(folded));
    }

    private double excess(double gap) {
        if (limit == Limit.NONE || Double.isNaN(gap)) {
            return gap;
        }
        boolean isMet = limit == Limit.STRICT ? gap < 0 : gap <= 0;
        return isMet ? 0 : Math.max(gap, limit == Limit.STRICT ? LEAST_EXCESS : 0);
    }

    /** The sample standard deviation of what single roll-outs come to. */
    double deviation(List<double[]> rows) {
        double mean = isMean() ? folds.get(0).of(rows) : 0;
        double[] single = new double[rows.size()];
        int known = 0;
        for (double[] row : rows) {
            double cost = cost(List.of(row));
            if (!Double.isNaN(cost)) {
                single[known++] = cost;
            }
        }
        if (known < 2) {
            return 0;
        }
        if (!isMean()) {
            for (int index = 0; index < known; index++) {
                mean += single[index] / known;
            }
        }
        double squares = 0;
        for (int index = 0; index < known; index++) {
            squares += (single[index] - mean) * (single[index] - mean);
        }
        return StrictMath.sqrt(squares / (known - 1));
    }

    /** Whether it is the mean of a figure, of which differences can be tested. */
    private boolean isMean() {
        return isPlain && limit == Limit.NONE;
    }

    private boolean isKnownOf(List<double[]> mine, List<double[]> best) {
        return !Double.isNaN(cost(mine)) && !Double.isNaN(cost(best));
    }

    /**
     * Whether luck may be all that makes an alternative worse than the best: by the first goal that may tell them apart. Where its differences cannot be
     * tested, as those of percentiles, what looks worse is taken to be worse.
     */
    static boolean isLuckAlone(List<BoundGoal> goals, List<double[]> mine, List<double[]> best) {
        for (BoundGoal goal : goals) {
            Standing standing = goal.standing(mine, best);
            if (standing == Standing.ALIKE) {
                continue;
            }
            boolean isKnown = standing == Standing.OPEN && goal.isKnownOf(mine, best);
            if (goal.isMean() || !isKnown || Costs.differ(goal.cost(mine), goal.cost(best))) {
                return isKnown && goal.isMean();
            }
        }
        return true;
    }

    /** How one alternative stands to the best by this goal alone. */
    enum Standing {
        /** They are alike, and a later goal tells. */
        ALIKE,
        /** Worse with confidence. */
        WORSE,
        /** More roll-outs may tell. */
        OPEN
    }

    /**
     * Compares roll-outs of the same futures.
     *
     * <p>An alternative is worse when the mean of the paired differences is above 0 with confidence ({@link Elimination}). A constraint on a mean is alike where both
     * meet it with confidence. Of a percentile few roll-outs say little, and differences of pairs nothing: it is decided early only where luck has
     * no part, that is where all roll-outs of an alternative came to the same.
     */
    Standing standing(List<double[]> mine, List<double[]> best) {
        if (isMean()) {
            return standingOfMeans(mine, best);
        }
        double cost = cost(mine);
        double least = cost(best);
        if (Double.isNaN(cost) || Double.isNaN(least)) {
            return Double.isNaN(cost) && Double.isNaN(least) ? Standing.ALIKE : Standing.OPEN;
        }
        if (isWithoutLuck(mine) && isWithoutLuck(best)) {
            return certain(cost, least);
        }
        return isPlain ? standingOfConstraint(mine, best) : Standing.OPEN;
    }

    private static Standing certain(double cost, double least) {
        if (!Costs.differ(cost, least)) {
            return Standing.ALIKE;
        }
        return cost > least ? Standing.WORSE : Standing.OPEN;
    }

    private Standing standingOfConstraint(List<double[]> mine, List<double[]> best) {
        if (isSurely(mine, -1) && isSurely(best, -1)) {
            return Standing.ALIKE;
        }
        return isSurely(mine, 1) && standingOfMeans(mine, best) == Standing.WORSE ? Standing.WORSE : Standing.OPEN;
    }

    /** Whether all that is known came to the same. */
    private boolean isWithoutLuck(List<double[]> rows) {
        return folds.stream().allMatch(fold -> isOneValue(rows, fold.column()));
    }

    private static boolean isOneValue(List<double[]> rows, int column) {
        double first = Double.NaN;
        for (double[] row : rows) {
            if (Double.isNaN(first)) {
                first = row[column];
            } else if (Costs.differ(row[column], first)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the mean gap is on one side of 0 with confidence. */
    private boolean isSurely(List<double[]> rows, int side) {
        int column = folds.get(0).column();
        Paired gaps = new Paired();
        rows.forEach(row -> gaps.add(side * row[column]));
        return gaps.isConfidentlyPositive();
    }

    private Standing standingOfMeans(List<double[]> mine, List<double[]> best) {
        int column = folds.get(0).column();
        Paired differences = new Paired();
        for (int round = 0; round < Math.min(mine.size(), best.size()); round++) {
            differences.add(mine.get(round)[column] - best.get(round)[column]);
        }
        if (differences.count == 0) {
            boolean isKnownOfOne = !Double.isNaN(cost(mine)) || !Double.isNaN(cost(best));
            return isKnownOfOne ? Standing.OPEN : Standing.ALIKE;
        }
        if (!Costs.differ(differences.mean(), 0) && !Costs.differ(differences.variance(), 0)) {
            return Standing.ALIKE;
        }
        return differences.isConfidentlyPositive() ? Standing.WORSE : Standing.OPEN;
    }

    /** Sums of what is known. */
    private static final class Paired {
        private int count;
        private double sum;
        private double squares;

        void add(double value) {
            if (!Double.isNaN(value)) {
                count++;
                sum += value;
                squares += value * value;
            }
        }

        double mean() {
            return sum / count;
        }

        double variance() {
            return Math.max(0, squares / count - mean() * mean());
        }

        boolean isConfidentlyPositive() {
            return count > 0 && Elimination.isConfidentlyPositive(mean(), squares / count, count);
        }
    }
}
