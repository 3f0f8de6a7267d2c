package dev.foresail.predictor.subset;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The best choice found so far that meets all constraints. Used by one thread, for one problem. */
final class GreedyChoice {
    private static final double TOLERANCE = 1e-9;
    /** Pairs that are exchanged are made of so many: more find little that is better, and take longer. */
    private static final int MOST_OUT = 10;

    private static final int MOST_IN = 25;

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
        int[] sorted = candidates.clone();
        Arrays.sort(sorted);
        double worth = problem.valueOf(sorted);
        boolean isBetter = worth > value;
        if (isBetter) {
            value = worth;
            chosen = sorted;
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

    /**
     * Exchanges two chosen candidates for two others, or one for one, as long as that is better. Of the chosen ones those with the least net
     * worth are looked at, of the others those with the most.
     *
     * @param nets what each candidate is worth at the prices of a bound; NaN of those that stay as they are
     */
    void exchangePairs(double[] nets) {
        while (isFound() && !effort.isUsedUp() && exchangePair(nets)) {
            exchange();
        }
    }

    private boolean exchangePair(double[] nets) {
        int[] out = IntStream.of(chosen)
                .filter(candidate -> !Double.isNaN(nets[candidate]))
                .boxed()
                .sorted(Comparator.comparingDouble(candidate -> nets[candidate]))
                .limit(MOST_OUT)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] in = IntStream.range(0, nets.length)
                .filter(candidate -> !Double.isNaN(nets[candidate]) && Arrays.binarySearch(chosen, candidate) < 0)
                .boxed()
                .sorted(Comparator.comparingDouble(candidate -> -nets[candidate]))
                .limit(MOST_IN)
                .mapToInt(Integer::intValue)
                .toArray();
        room.clear();
        for (int candidate : chosen) {
            room.take(candidate);
        }
        for (int one = 0; one < out.length; one++) {
            room.giveBack(out[one]);
            for (int other = 0; other < one; other++) {
                room.giveBack(out[other]);
                if (exchangePair(out[one], out[other], in)) {
                    return true;
                }
                room.take(out[other]);
            }
            room.take(out[one]);
        }
        return false;
    }

    private boolean exchangePair(int one, int other, int[] in) {
        double worth = problem.value(one) + problem.value(other) + TOLERANCE;
        effort.spend((long) in.length * in.length / 8);
        for (int first = 0; first < in.length; first++) {
            if (!room.fits(in[first])) {
                continue;
            }
            room.take(in[first]);
            for (int second = 0; second < first; second++) {
                if (problem.value(in[first]) + problem.value(in[second]) > worth && room.fits(in[second])) {
                    room.take(in[second]);
                    boolean isBetter = room.isEnough() && offer(changed(one, other, in[first], in[second]));
                    room.giveBack(in[second]);
                    if (isBetter) {
                        return true;
                    }
                }
            }
            room.giveBack(in[first]);
        }
        return false;
    }

    private int[] changed(int one, int other, int first, int second) {
        int[] changed = chosen.clone();
        changed[Arrays.binarySearch(chosen, one)] = first;
        changed[Arrays.binarySearch(chosen, other)] = second;
        return changed;
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
