package dev.foresail.predictor.explore;

import dev.foresail.predictor.determinism.NonDeterminismException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The decisions of one run of a handler, and the way to the next: the run is repeated with a prefix of the decisions, the
 * last of which is the next one, until every combination was taken. Needs no continuations; costs one run per combination.
 * Not thread-safe.
 */
final class Script {
    private static final String AGAIN = "run again with the same decisions";

    private final Supplier<String> what;
    private int[] taken = new int[4];
    private int[] outcomes = new int[4];
    private int known;
    private int position;

    /** @param what names what is run, for the error; asked only when there is one */
    Script(Supplier<String> what) {
        this.what = what;
    }

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
            throw new NonDeterminismException(
                    what.get(), "decision " + (position + 1), AGAIN, "one of " + outcomes[position], "one of " + count);
        }
        return taken[position++];
    }

    /** Goes on to the next combination; false when there is none. */
    boolean next() {
        if (position < known) {
            throw new NonDeterminismException(
                    what.get(), "the number of decisions", AGAIN, "at least " + known, Integer.toString(position));
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

    /** How many decisions this run has taken. */
    int position() {
        return position;
    }

    /** The decisions of this run that were taken from {@code first} on. */
    List<Integer> decisionsFrom(int first) {
        return Arrays.stream(taken, first, position).boxed().toList();
    }

    /** The decisions of this run. */
    int[] decisions() {
        return Arrays.copyOf(taken, position);
    }
}
