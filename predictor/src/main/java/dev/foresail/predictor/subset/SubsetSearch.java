package dev.foresail.predictor.subset;

import dev.foresail.predictor.subset.SubsetProblem.Groups;
import dev.foresail.predictor.subset.SubsetProblem.Limit;
import java.util.Arrays;

/**
 * Goes through choices in order of net worth, and leaves out those that the bound or a limit rules out (branch and bound). Used by one
 * thread, for one problem.
 */
final class SubsetSearch {
    private static final long STEPS_PER_LOOK_AT_THE_CLOCK = 4096;
    private static final double TOLERANCE = 1e-9;
    /** The tables of least weights have at most so many entries; without them there is no search. */
    private static final long MOST_ENTRIES = 4_000_000;

    private final SubsetProblem problem;
    private final GreedyChoice best;
    private final Room room;
    private final SubsetBudget budget;
    private final long deadlineNanos;
    private final int[] order;
    private final double[] net;
    private final double priceOfLimits;
    private final double[][][] leastWeight;
    private final int[] chosen;
    private final int[] groupCount;
    private long steps;
    private boolean stopped;

    private SubsetSearch(SubsetProblem problem, Multipliers multipliers, GreedyChoice best, SubsetBudget budget) {
        this.problem = problem;
        this.best = best;
        this.budget = budget;
        long now = budget.clock().getAsLong();
        deadlineNanos = now > Long.MAX_VALUE - budget.nanos() ? Long.MAX_VALUE : now + budget.nanos();
        room = new Room(problem);
        order = multipliers.order();
        net = Arrays.stream(order).mapToDouble(multipliers::net).toArray();
        priceOfLimits = multipliers.priceOfLimits();
        chosen = new int[problem.choose()];
        groupCount =
                new int[problem.groups().isEmpty() ? 0 : problem.groups().get(0).count()];
        leastWeight = new double[problem.limits().size()][][];
        for (int j = 0; j < leastWeight.length; j++) {
            leastWeight[j] = leastWeights(problem.limits().get(j));
        }
    }

    /** Whether everything was looked at, so that the best choice found is the best there is. */
    static boolean isExhausted(SubsetProblem problem, Multipliers multipliers, GreedyChoice best, SubsetBudget budget) {
        long entries = (long) problem.limits().size() * problem.size() * problem.choose();
        if (entries > MOST_ENTRIES) {
            return false;
        }
        SubsetSearch search = new SubsetSearch(problem, multipliers, best, budget);
        search.from(0, 0, search.priceOfLimits);
        return !search.stopped;
    }

    /** Of each place in the order on, the least sum of so many weights. */
    private double[][] leastWeights(Limit limit) {
        double[][] least = new double[order.length + 1][chosen.length + 1];
        double[] smallest = new double[chosen.length];
        int count = 0;
        for (int place = order.length - 1; place >= 0; place--) {
            count = insert(smallest, count, limit.weight(order[place]));
            double sum = 0;
            for (int r = 0; r < count; r++) {
                sum += smallest[r];
                least[place][r + 1] = sum;
            }
        }
        return least;
    }

    private static int insert(double[] sorted, int count, double value) {
        int kept = Math.min(count + 1, sorted.length);
        if (kept == 0 || (count == sorted.length && value >= sorted[count - 1])) {
            return count;
        }
        int place = kept - 1;
        while (place > 0 && sorted[place - 1] > value) {
            sorted[place] = sorted[place - 1];
            place--;
        }
        sorted[place] = value;
        return kept;
    }

    /**
     * Tries every completion of what is chosen out of the places from {@code start} on.
     *
     * @param worth net worth of what is chosen, with the price of the limits
     */
    private void from(int start, int count, double worth) {
        int missing = chosen.length - count;
        if (missing == 0) {
            if (room.isEnough()) {
                best.offer(chosen);
            }
            return;
        }
        for (int place = start; place <= order.length - missing && !stopped; place++) {
            countStep();
            if (!isWorthIt(worth + bestOf(place, missing))) {
                return;
            }
            int candidate = order[place];
            if (!room.fits(candidate) || !canBeMet(place, candidate, missing)) {
                continue;
            }
            chosen[count] = candidate;
            room.take(candidate);
            countGroup(candidate, 1);
            from(place + 1, count + 1, worth + net[place]);
            countGroup(candidate, -1);
            room.giveBack(candidate);
        }
    }

    private void countStep() {
        steps++;
        boolean late =
                steps % STEPS_PER_LOOK_AT_THE_CLOCK == 0 && budget.clock().getAsLong() >= deadlineNanos;
        stopped |= steps > budget.steps() || late;
    }

    private boolean isWorthIt(double bound) {
        return !best.isFound() || bound > best.value() + TOLERANCE * Math.max(1, Math.abs(best.value()));
    }

    /** The most that so many candidates from a place on can be worth, as far as the first grouping lets them. */
    private double bestOf(int start, int missing) {
        double sum = 0;
        int left = missing;
        if (groupCount.length == 0) {
            for (int place = start; place < start + missing; place++) {
                sum += net[place];
            }
            return sum;
        }
        Groups groups = problem.groups().get(0);
        int place = start;
        for (; place < order.length && left > 0; place++) {
            int group = groups.groupOf(order[place]);
            if (groupCount[group]++ < groups.most()) {
                sum += net[place];
                left--;
            }
        }
        for (int back = start; back < place; back++) {
            groupCount[groups.groupOf(order[back])]--;
        }
        return left > 0 ? Double.NEGATIVE_INFINITY : sum;
    }

    private void countGroup(int candidate, int by) {
        if (groupCount.length > 0) {
            groupCount[problem.groups().get(0).groupOf(candidate)] += by;
        }
    }

    private boolean canBeMet(int place, int candidate, int missing) {
        for (int j = 0; j < leastWeight.length; j++) {
            double least =
                    room.used(j) + problem.limits().get(j).weight(candidate) + leastWeight[j][place + 1][missing - 1];
            if (room.exceeds(j, least)) {
                return false;
            }
        }
        return true;
    }
}
