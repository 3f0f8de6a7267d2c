package dev.foresail.predictor.subset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which k of n candidates are wanted: those with the largest sum of values that meet all constraints. Immutable. */
public final class SubsetProblem {
    /** The most candidates there may be. */
    public static final int MOST_CANDIDATES = 10_000;

    private final int choose;
    private final double[] values;
    private final List<Limit> limits;
    private final List<Groups> groups;

    private SubsetProblem(int choose, double[] values, List<Limit> limits, List<Groups> groups) {
        this.choose = choose;
        this.values = values;
        this.limits = List.copyOf(limits);
        this.groups = List.copyOf(groups);
    }

    /** The weights of what is chosen add up to at most {@code most}. */
    static final class Limit {
        private final String text;
        private final double[] weights;
        private final double most;

        private Limit(String text, double[] weights, double most) {
            this.text = text;
            this.weights = weights;
            this.most = most;
        }

        String text() {
            return text;
        }

        double weight(int candidate) {
            return weights[candidate];
        }

        double most() {
            return most;
        }

        double sum(int[] chosen) {
            return Arrays.stream(chosen)
                    .mapToDouble(candidate -> weights[candidate])
                    .sum();
        }
    }

    /** Of each group at most so many are chosen. */
    static final class Groups {
        private final String text;
        private final int[] groupOf;
        private final int count;
        private final int most;

        private Groups(String text, int[] groupOf, int most) {
            this.text = text;
            this.groupOf = groupOf;
            this.count = Arrays.stream(groupOf).max().orElse(-1) + 1;
            this.most = most;
        }

        String text() {
            return text;
        }

        int groupOf(int candidate) {
            return groupOf[candidate];
        }

        int count() {
            return count;
        }

        int most() {
            return most;
        }
    }

    /**
     * Without constraints yet.
     *
     * @param choose how many, from 0 to the number of candidates
     * @param values one per candidate, finite; at most 10,000
     * @throws IllegalArgumentException when a number is out of its range
     */
    public static SubsetProblem choose(int choose, double... values) {
        if (values.length > MOST_CANDIDATES || choose < 0 || choose > values.length) {
            throw new IllegalArgumentException("cannot choose " + choose + " of " + values.length
                    + " candidates; at most " + MOST_CANDIDATES + " can be chosen from");
        }
        return new SubsetProblem(choose, finite(values), List.of(), List.of());
    }

    /**
     * The same with one constraint more: the weights of what is chosen add up to at most {@code most}.
     *
     * @param text what the constraint is called in answers
     * @param weights one per candidate, finite
     */
    public SubsetProblem atMost(String text, double most, double... weights) {
        checkLength(text, weights.length);
        List<Limit> more = new ArrayList<>(limits);
        more.add(new Limit(text, finite(weights), most));
        return new SubsetProblem(choose, values, more, groups);
    }

    /** As {@link #atMost}, but at least so much. */
    public SubsetProblem atLeast(String text, double least, double... weights) {
        double[] negated = Arrays.stream(weights).map(weight -> -weight).toArray();
        return atMost(text, -least, negated);
    }

    /**
     * The same with one constraint more: at most so many of each group.
     *
     * @param text what the constraint is called in answers
     * @param groupOf the group of each candidate, from 0
     */
    public SubsetProblem atMostPerGroup(String text, int most, int... groupOf) {
        checkLength(text, groupOf.length);
        if (most < 0 || Arrays.stream(groupOf).anyMatch(group -> group < 0 || group >= MOST_CANDIDATES)) {
            throw new IllegalArgumentException(
                    text + ": no limit or group may be negative, nor a group's number too large");
        }
        List<Groups> more = new ArrayList<>(groups);
        more.add(new Groups(text, groupOf.clone(), most));
        return new SubsetProblem(choose, values, limits, more);
    }

    private void checkLength(String text, int length) {
        if (length != values.length) {
            throw new IllegalArgumentException(text + ": " + length + " values for " + values.length + " candidates");
        }
    }

    private static double[] finite(double[] values) {
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("figures of candidates must be finite: " + Arrays.toString(values));
        }
        return values.clone();
    }

    /** How many candidates there are. */
    public int size() {
        return values.length;
    }

    /** How many are to be chosen. */
    public int choose() {
        return choose;
    }

    double value(int candidate) {
        return values[candidate];
    }

    List<Limit> limits() {
        return limits;
    }

    List<Groups> groups() {
        return groups;
    }

    /** The sum of the values of some candidates. */
    double valueOf(int[] chosen) {
        return Arrays.stream(chosen).mapToDouble(candidate -> values[candidate]).sum();
    }
}
