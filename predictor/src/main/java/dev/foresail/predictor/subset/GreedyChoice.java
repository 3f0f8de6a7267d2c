package dev.foresail.predictor.subset;

import java.util.Arrays;

/** The best choice found so far that meets all constraints. Used by one thread, for one problem. */
final class GreedyChoice {
    private static final double TOLERANCE = 1e-9;

    private final SubsetProblem problem;
    private final Effort effort;
    private final Room room;
    private int[] chosen = new int[0];
    private double value = Double.NEGATIVE_INFINITY;

    GreedyChoice(SubsetProblem problem, Effort effort) {
        this.problem = problem;
        this.effort = effort;
        this.room = new Room(problem);
    }

    boolean isFound() {
        return value > Double.NEGATIVE_INFINITY;
    }

    double value() {
        return value;
    }

    int[] chosen() {
        return chosen.clone();
    }

    /** Whether nothing can be better by more than rounding, as nothing is worth more than {@code bound}. */
    boolean isBest(double bound) {
        return bound <= enough();
    }

    /** Whatever is worth no more than this is no better than what was found, but for rounding. */
    double enough() {
        return isFound() ? value + TOLERANCE * Math.max(1, Math.abs(value)) : Double.NEGATIVE_INFINITY;
    }

    /** Takes candidates in the given order as long as they fit, then exchanges single ones while that is better. */
    void tryOrder(int[] order) {
        room.clear();
        int[] taken = new int[problem.choose()];
        int count = 0;
        for (int i = 0; i < order.length && count < taken.length; i++) {
            if (room.fits(order[i])) {
                room.take(order[i]);
                taken[count++] = order[i];
            }
        }
        effort.spend(order.length);
        if (count == taken.length && room.isEnough()) {
            offer(taken);
        }
    }

    /** Remembers a choice if it meets all constraints and is the best yet. */
    void offerIfMet(int[] candidates) {
        room.clear();
        boolean isMet = true;
        for (int candidate : candidates) {
            isMet &= room.fits(candidate);
            room.take(candidate);
        }
        effort.spend(candidates.length);
        if (isMet && candidates.length == problem.choose() && room.isEnough()) {
            offer(candidates);
        }
    }

    /** Remembers a choice that meets all constraints when it is the best yet; false when it is not. */
    private boolean offer(int[] candidates) {
        double worth = problem.valueOf(candidates);
        boolean isBetter = worth > value;
        if (isBetter) {
            value = worth;
            chosen = candidates.clone();
            Arrays.sort(chosen);
        }
        return isBetter;
    }

    /** Exchanges one chosen candidate for another as long as that is better. */
    void exchange() {
        boolean better = isFound();
        while (better && !effort.isUsedUp()) {
            better = false;
            for (int place = 0; place < chosen.length && !better; place++) {
                better = exchange(place);
            }
        }
    }

    private boolean exchange(int place) {
        room.clear();
        for (int candidate : chosen) {
            room.take(candidate);
        }
        int out = chosen[place];
        room.giveBack(out);
        effort.spend(problem.size() + chosen.length);
        for (int in = 0; in < problem.size(); in++) {
            if (problem.value(in) > problem.value(out) + TOLERANCE
                    && Arrays.binarySearch(chosen, in) < 0
                    && room.fits(in)) {
                room.take(in);
                if (room.isEnough()) {
                    int[] changed = chosen.clone();
                    changed[place] = in;
                    // The sum may be too coarse to show that a candidate is better.
                    if (offer(changed)) {
                        return true;
                    }
                }
                room.giveBack(in);
            }
        }
        return false;
    }
}
