package dev.foresail.predictor.subset;

import dev.foresail.predictor.subset.SubsetProblem.Groups;
import dev.foresail.predictor.subset.SubsetProblem.Limit;
import java.util.Arrays;

/**
 * Prices of the limits: with each candidate's weights charged, the best choice that heeds only the first grouping is found in order of
 * net worth, and its worth bounds that of every choice that meets all constraints (Lagrangian relaxation). Good prices are found by
 * subgradient steps. Used by one thread, for one problem.
 */
final class Multipliers {
    private static final int MOST_STEPS = 200;
    private static final int FEW_STEPS = 12;
    private static final int SMALL = 1000;
    private static final int PATIENCE = 8;
    private static final double LEAST_STRIDE = 1e-3;

    private final SubsetProblem problem;
    private final GreedyChoice greedy;
    private final Effort effort;
    private final double[] prices;
    private final double[] net;
    private double[] bestPrices;
    private double bestBound = Double.POSITIVE_INFINITY;

    Multipliers(SubsetProblem problem, GreedyChoice greedy, Effort effort) {
        this.problem = problem;
        this.greedy = greedy;
        this.effort = effort;
        prices = new double[problem.limits().size()];
        net = new double[problem.size()];
        bestPrices = prices.clone();
    }

    /** No choice that meets all constraints is worth more. */
    double bound() {
        return bestBound;
    }

    /** Lowers the bound, and tries what each step's order of worth gives as a choice. The first step is taken whatever the budget. */
    void improve() {
        double stride = 1;
        int waited = 0;
        for (int step = 0; step < mostSteps() && stride > LEAST_STRIDE && !greedy.isBest(bestBound); step++) {
            int[] order = order();
            int[] relaxed = relaxedChoice(order);
            double bound = bound(relaxed);
            greedy.tryOrder(order);
            effort.spend((long) problem.size() * (5 + prices.length));
            if (bound < bestBound - 1e-12 * Math.abs(bound)) {
                bestBound = bound;
                bestPrices = prices.clone();
                waited = 0;
            } else if (++waited == PATIENCE) {
                waited = 0;
                stride /= 2;
                System.arraycopy(bestPrices, 0, prices, 0, prices.length);
            }
            if (effort.isUsedUp()) {
                return;
            }
            step(relaxed, bound, stride);
        }
    }

    /** A few where the linear program, which says the same in less time, is small. */
    private int mostSteps() {
        return problem.size() <= SMALL ? FEW_STEPS : MOST_STEPS;
    }

    private void step(int[] relaxed, double bound, double stride) {
        double[] slack = new double[prices.length];
        double norm = 0;
        for (int j = 0; j < slack.length; j++) {
            Limit limit = problem.limits().get(j);
            slack[j] = limit.most() - limit.sum(relaxed);
            norm += slack[j] * slack[j];
        }
        double gap = greedy.isFound() ? bound - greedy.value() : 0.05 * Math.abs(bound) + 1e-6;
        for (int j = 0; j < slack.length && norm > 0; j++) {
            prices[j] = Math.max(0, prices[j] - stride * gap / norm * slack[j]);
        }
    }

    private double bound(int[] relaxed) {
        double bound = 0;
        for (int j = 0; j < prices.length; j++) {
            bound += prices[j] * problem.limits().get(j).most();
        }
        for (int candidate : relaxed) {
            bound += net[candidate];
        }
        return bound;
    }

    /** Candidates in order of net worth at the present prices, the best first; ties by number. */
    private int[] order() {
        Integer[] order = new Integer[problem.size()];
        for (int i = 0; i < order.length; i++) {
            net[i] = problem.value(i);
            for (int j = 0; j < prices.length; j++) {
                net[i] -= prices[j] * problem.limits().get(j).weight(i);
            }
            order[i] = i;
        }
        Arrays.sort(order, (one, other) -> net[one] == net[other] ? one - other : Double.compare(net[other], net[one]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private int[] relaxedChoice(int[] order) {
        int[] chosen = new int[problem.choose()];
        int count = 0;
        int[] taken = counts();
        for (int i = 0; i < order.length && count < chosen.length; i++) {
            if (takes(taken, order[i])) {
                chosen[count++] = order[i];
            }
        }
        return Arrays.copyOf(chosen, count);
    }

    private int[] counts() {
        return new int[problem.groups().isEmpty() ? 0 : problem.groups().get(0).count()];
    }

    private boolean takes(int[] taken, int candidate) {
        if (taken.length == 0) {
            return true;
        }
        Groups groups = problem.groups().get(0);
        return taken[groups.groupOf(candidate)]++ < groups.most();
    }

    /**
     * Which candidates are in no choice that is better than what was found: with one of them, the best choice that heeds the first
     * grouping is too bad already. It would stand for the worst of its group where that is full, else for the worst of all.
     */
    boolean[] ruledOut() {
        System.arraycopy(bestPrices, 0, prices, 0, prices.length);
        int[] order = order();
        int[] taken = counts();
        double[] worstOf = new double[Math.max(1, taken.length)];
        int[] members = new int[worstOf.length];
        boolean[] isChosen = new boolean[order.length];
        double worst = 0;
        int[] relaxed = relaxedChoice(order);
        for (int candidate : relaxed) {
            worst = net[candidate];
            worstOf[groupOf(candidate)] = worst;
            members[groupOf(candidate)]++;
            isChosen[candidate] = true;
        }
        boolean[] isOut = new boolean[order.length];
        for (int i = 0; i < isOut.length && relaxed.length > 0; i++) {
            boolean isFull = taken.length > 0
                    && members[groupOf(i)] >= problem.groups().get(0).most();
            double loss = (isFull ? worstOf[groupOf(i)] : worst) - net[i];
            isOut[i] = !isChosen[i] && greedy.isBest(bestBound - loss);
        }
        effort.spend((long) isOut.length * (5 + prices.length));
        return isOut;
    }

    private int groupOf(int candidate) {
        return problem.groups().isEmpty() ? 0 : problem.groups().get(0).groupOf(candidate);
    }
}
