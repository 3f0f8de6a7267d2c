package dev.foresail.predictor.explore;

import dev.foresail.predictor.model.NonDeterminismException;
import java.util.Arrays;

/**
 * The decisions of one run of a handler, and the way to the next: the run is repeated with a prefix of the decisions, the
 * last of which is the next one, until every combination was taken. Needs no continuations; costs one run per combination.
 * Not thread-safe.
 */
final class Script {
    private int[] taken = new int[4];
    private int[] outcomes = new int[4];
    private int known;
    private int position;

    /** Begins the next run. */
    void rewind() {
        position = 0;
    }

    /**
     * The decision at this place of the run.
     *
     * @param count how many outcomes there are; with one there is nothing to decide
     * @throws NonDeterminismException when an earlier run with the same decisions met another number of outcomes here
     */
    int decide(int count) {
        if (count == 1) {
            return 0;
        }
        if (position == known) {
            if (known == taken.length) {
                taken = Arrays.copyOf(taken, known * 2);
                outcomes = Arrays.copyOf(outcomes, known * 2);
            }
            taken[known] = 0;
            outcomes[known] = count;
            known++;
        } else if (outcomes[position] != count) {
            throw new NonDeterminismException("decision " + (position + 1) + " of a handler had " + outcomes[position]
                    + " outcomes when it ran first and " + count + " when it ran again with the same decisions");
        }
        return taken[position++];
    }

    /** Goes on to the next combination; false when there is none. */
    boolean next() {
        if (position < known) {
            throw new NonDeterminismException("a handler took " + position + " decisions when it ran again, and "
                    + known + " with the same decisions before");
        }
        while (known > 0 && taken[known - 1] + 1 == outcomes[known - 1]) {
            known--;
        }
        if (known == 0) {
            return false;
        }
        taken[known - 1]++;
        return true;
    }

    /** The decisions of this run. */
    int[] decisions() {
        return Arrays.copyOf(taken, position);
    }
}
