package dev.foresail.predictor.subset;

import dev.foresail.predictor.subset.SubsetProblem.Groups;
import dev.foresail.predictor.subset.SubsetProblem.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is left to decide of a problem: candidates that are neither taken for certain nor ruled out, and as rows what they have to
 * keep to. Row 0 is how many are still wanted, exactly; the others are at most their limit, which is as much too wide as {@link Room}'s.
 * Rows and values are scaled to numbers up to 1. Immutable.
 */
final class Core {
    private static final long MOST_ENTRIES = 2_000_000;

    private final int[] candidates;
    private final int[] taken;
    private final double[] values;
    private final double scale;
    private final double base;
    private final double[][] weights;
    private final double[][] byCandidate;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Double> limits = new ArrayList<>();

    /**
     * @param isOut of each of the problem's candidates, whether it is ruled out
     * @param isIn whether it is taken for certain
     */
    Core(SubsetProblem problem, boolean[] isOut, boolean[] isIn) {
        taken = IntStream.range(0, problem.size()).filter(i -> isIn[i]).toArray();
        candidates = IntStream.range(0, problem.size())
                .filter(i -> !isIn[i] && !isOut[i])
                .toArray();
        base = problem.valueOf(taken);
        scale = largest(IntStream.of(candidates).mapToDouble(problem::value).toArray());
        values = IntStream.of(candidates)
                .mapToDouble(i -> problem.value(i) / scale)
                .toArray();
        double[] ones = new double[candidates.length];
        java.util.Arrays.fill(ones, 1);
        add(ones, problem.choose() - taken.length);
        problem.limits().forEach(this::addLimit);
        problem.groups().forEach(this::addGroups);
        weights = rows.toArray(new double[0][]);
        byCandidate = new double[candidates.length][];
        for (int i = 0; i < candidates.length; i++) {
            int index = i;
            byCandidate[i] = rows.stream().mapToDouble(row -> row[index]).toArray();
        }
    }

    private static double largest(double[] numbers) {
        double largest = 0;
        for (double number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest == 0 ? 1 : largest;
    }

    private void add(double[] row, double limit) {
        rows.add(row);
        limits.add(limit);
    }

    private void addLimit(Limit limit) {
        double[] row = IntStream.of(candidates).mapToDouble(limit::weight).toArray();
        double size = largest(row);
        double left = limit.most() + Room.TOLERANCE * Math.max(1, Math.abs(limit.most())) - limit.sum(taken);
        for (int i = 0; i < row.length; i++) {
            row[i] /= size;
        }
        add(row, left / size);
    }

    /** Only the groups that could become too many. */
    private void addGroups(Groups groups) {
        int[] members = new int[groups.count()];
        int[] left = new int[groups.count()];
        java.util.Arrays.fill(left, groups.most());
        for (int candidate : taken) {
            left[groups.groupOf(candidate)]--;
        }
        for (int candidate : candidates) {
            members[groups.groupOf(candidate)]++;
        }
        for (int group = 0; group < members.length && isSmall(); group++) {
            if (left[group] < Math.min(members[group], wanted())) {
                int number = group;
                double[] row = IntStream.of(candidates)
                        .mapToDouble(i -> groups.groupOf(i) == number ? 1 : 0)
                        .toArray();
                add(row, left[group]);
            }
        }
    }

    /** Whether the rows are few enough for a tableau; when not, some may be missing. */
    boolean isSmall() {
        return (long) rows.size() * (candidates.length + rows.size()) <= MOST_ENTRIES;
    }

    /** How many candidates are undecided. */
    int size() {
        return candidates.length;
    }

    int rows() {
        return rows.size();
    }

    /** How many of the undecided ones are wanted. */
    int wanted() {
        return (int) Math.rint(limits.get(0));
    }

    /** The undecided candidate's number in the problem. */
    int candidate(int index) {
        return candidates[index];
    }

    /** Those taken for certain, by their numbers in the problem. */
    int[] taken() {
        return taken.clone();
    }

    double value(int index) {
        return values[index];
    }

    double weight(int row, int index) {
        return weights[row][index];
    }

    double limit(int row) {
        return limits.get(row);
    }

    /** What a candidate pays at certain prices of the rows. */
    double charge(double[] prices, int index) {
        double charge = 0;
        for (int i = 0; i < prices.length; i++) {
            charge += prices[i] * byCandidate[index][i];
        }
        return charge;
    }

    /** The problem's worth for a worth here. */
    double unscaled(double worth) {
        return base + worth * scale;
    }

    /** A worth here for the problem's. */
    double scaled(double worth) {
        return (worth - base) / scale;
    }

    /** The undecided candidate that comes last among as many as are wanted, in order of value. */
    int lastWanted() {
        int[] order = IntStream.range(0, candidates.length)
                .boxed()
                .sorted((one, other) -> Double.compare(values[other], values[one]))
                .mapToInt(Integer::intValue)
                .toArray();
        return order[Math.min(order.length, Math.max(1, wanted())) - 1];
    }
}
