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
    private static final int PATIENCE = 8;
    private static final double LEAST_STRIDE = 1e-3;

    private final SubsetProblem problem;
    private final GreedyChoice greedy;
    private final double[] prices;
    private double[] bestPrices;
    private double bestBound = Double.POSITIVE_INFINITY;

    Multipliers(SubsetProblem problem, GreedyChoice greedy) {
        this.problem = problem;
        this.greedy = greedy;
        prices = new double[problem.limits().size()];
        bestPrices = prices.clone();
    }

    /** No choice that meets all constraints is worth more. */
    double bound() {
        return bestBound;
    }

    /** Lowers the bound, and tries what each step's order of worth gives as a choice. */
    void improve() {
        int steps = Math.max(20, Math.min(MOST_STEPS, 1_000_000 / Math.max(1, problem.size())));
        double stride = 1;
        int waited = 0;
        for (int step = 0; step < steps && stride > LEAST_STRIDE && !greedy.isBest(bestBound); step++) {
            int[] order = order(prices);
            int[] relaxed = relaxedChoice(order);
            double bound = bound(relaxed);
            greedy.tryOrder(order);
            if (bound < bestBound - 1e-12 * Math.abs(bound)) {
                bestBound = bound;
                bestPrices = prices.clone();
                waited = 0;
            } else if (++waited == PATIENCE) {
                waited = 0;
                stride /= 2;
                System.arraycopy(bestPrices, 0, prices, 0, prices.length);
            }
            step(relaxed, bound, stride);
        }
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
            bound += net(candidate, prices);
        }
        return bound;
    }

    /** What a candidate is worth at the best prices found. */
    double net(int candidate) {
        return net(candidate, bestPrices);
    }

    /** What the limits are worth at the best prices found. */
    double priceOfLimits() {
        double sum = 0;
        for (int j = 0; j < bestPrices.length; j++) {
            sum += bestPrices[j] * problem.limits().get(j).most();
        }
        return sum;
    }

    private double net(int candidate, double[] at) {
        double net = problem.value(candidate);
        for (int j = 0; j < at.length; j++) {
            net -= at[j] * problem.limits().get(j).weight(candidate);
        }
        return net;
    }

    /** Candidates in order of net worth at the best prices found, the best first; ties by number. */
    int[] order() {
        return order(bestPrices);
    }

    private int[] order(double[] at) {
        double[] net = new double[problem.size()];
        Integer[] order = new Integer[problem.size()];
        for (int i = 0; i < order.length; i++) {
            net[i] = net(i, at);
            order[i] = i;
        }
        Arrays.sort(order, (one, other) -> net[one] == net[other] ? one - other : Double.compare(net[other], net[one]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private int[] relaxedChoice(int[] order) {
        int[] chosen = new int[problem.choose()];
        int count = 0;
        int[] taken = problem.groups().isEmpty()
                ? new int[0]
                : new int[problem.groups().get(0).count()];
        for (int i = 0; i < order.length && count < chosen.length; i++) {
            if (problem.groups().isEmpty()) {
                chosen[count++] = order[i];
            } else {
                Groups groups = problem.groups().get(0);
                if (taken[groups.groupOf(order[i])]++ < groups.most()) {
                    chosen[count++] = order[i];
                }
            }
        }
        return Arrays.copyOf(chosen, count);
    }
}
