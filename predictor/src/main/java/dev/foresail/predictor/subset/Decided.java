package dev.foresail.predictor.subset;

/** Which candidates of a core are taken or left out for good, and what that leaves of its rows. Used by one thread. */
final class Decided {
    private final Core core;
    private final boolean[] is;
    private final boolean[] isTaken;
    private final double[] left;
    private double worth;
    private int count;

    /** Nothing but that the count is exact: its slack, as a variable, is none. */
    Decided(Core core) {
        this.core = core;
        is = new boolean[core.size() + core.rows()];
        is[core.size()] = true;
        isTaken = new boolean[is.length];
        left = new double[core.rows()];
        for (int i = 0; i < left.length; i++) {
            left[i] = core.limit(i);
        }
    }

    Decided(Decided before) {
        core = before.core;
        is = before.is.clone();
        isTaken = before.isTaken.clone();
        left = before.left.clone();
        worth = before.worth;
        count = before.count;
    }

    /** Decides a candidate that is not decided. */
    void decide(int candidate, boolean take) {
        count++;
        is[candidate] = true;
        isTaken[candidate] = take;
        if (take) {
            worth += core.value(candidate);
            for (int i = 0; i < left.length; i++) {
                left[i] -= core.weight(i, candidate);
            }
        }
    }

    /** Whether a variable of the program, a candidate or a row's slack, is decided. */
    boolean is(int variable) {
        return is[variable];
    }

    boolean isTaken(int variable) {
        return isTaken[variable];
    }

    /** The candidates that are not decided, in order. */
    int[] undecided() {
        int[] undecided = new int[core.size() - count];
        int next = 0;
        for (int candidate = 0; next < undecided.length; candidate++) {
            if (!is[candidate]) {
                undecided[next++] = candidate;
            }
        }
        return undecided;
    }

    /** How many candidates are decided. */
    int count() {
        return count;
    }

    /** What those taken leave of a row's limit. */
    double left(int row) {
        return left[row];
    }

    /** What those taken are worth. */
    double worth() {
        return worth;
    }
}
