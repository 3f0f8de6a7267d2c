package dev.foresail.predictor.subset;

import dev.foresail.predictor.subset.SubsetProblem.Groups;
import dev.foresail.predictor.subset.SubsetProblem.Limit;
import java.util.Arrays;

/** What some chosen candidates leave of the constraints. Used by one thread. */
final class Room {
    /** How much a sum may be above its limit, as a part of the limit or of 1 where that is more. */
    static final double TOLERANCE = 1e-9;

    private final Limit[] limits;
    private final Groups[] groups;
    private final boolean[] canOnlyGrow;
    private final double[] used;
    private final int[][] taken;

    Room(SubsetProblem problem) {
        limits = problem.limits().toArray(new Limit[0]);
        groups = problem.groups().toArray(new Groups[0]);
        used = new double[limits.length];
        canOnlyGrow = new boolean[limits.length];
        for (int j = 0; j < limits.length; j++) {
            canOnlyGrow[j] = true;
            for (int i = 0; i < problem.size(); i++) {
                canOnlyGrow[j] &= limits[j].weight(i) >= 0;
            }
        }
        taken = new int[groups.length][];
        for (int g = 0; g < groups.length; g++) {
            taken[g] = new int[groups[g].count()];
        }
    }

    void clear() {
        Arrays.fill(used, 0);
        for (int[] counts : taken) {
            Arrays.fill(counts, 0);
        }
    }

    /** Whether no grouping, and no limit that later candidates could not help, speaks against one more. */
    boolean fits(int candidate) {
        for (int g = 0; g < groups.length; g++) {
            if (taken[g][groups[g].groupOf(candidate)] >= groups[g].most()) {
                return false;
            }
        }
        for (int j = 0; j < limits.length; j++) {
            if (canOnlyGrow[j] && exceeds(j, used[j] + limits[j].weight(candidate))) {
                return false;
            }
        }
        return true;
    }

    /** Whether every limit is met by what was taken. */
    boolean isEnough() {
        for (int j = 0; j < limits.length; j++) {
            if (exceeds(j, used[j])) {
                return false;
            }
        }
        return true;
    }

    /** Whether a sum of weights is too much, beyond rounding. */
    boolean exceeds(int limit, double sum) {
        return sum > limits[limit].most() + TOLERANCE * Math.max(1, Math.abs(limits[limit].most()));
    }

    double used(int limit) {
        return used[limit];
    }

    void take(int candidate) {
        move(candidate, 1);
    }

    void giveBack(int candidate) {
        move(candidate, -1);
    }

    private void move(int candidate, int sign) {
        for (int g = 0; g < groups.length; g++) {
            taken[g][groups[g].groupOf(candidate)] += sign;
        }
        for (int j = 0; j < limits.length; j++) {
            used[j] += sign * limits[j].weight(candidate);
        }
    }
}
