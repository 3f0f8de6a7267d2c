package dev.foresail.predictor.explore;

import java.util.Arrays;
import java.util.List;

/**
 * The worlds whose fingerprints begin with the same bits: knows which of a round's successors are new. Used by one thread
 * at a time.
 */
final class Partition {
    /** How many fingerprints are brought into the cache before the first of them is looked up. */
    private static final int BATCH = 128;

    private final WorldSpace space;
    private final FingerprintSet known;
    private final FingerprintSet cut;
    private final VerdictMemo constraints;
    private final int[] scratch;
    private long[] accepted = new long[4 * BATCH];
    private int acceptedCount;
    private long cutTransitions;

    Partition(WorldSpace space, boolean wide) {
        this.space = space;
        this.known = new FingerprintSet(wide);
        this.cut = new FingerprintSet(wide);
        this.constraints = new VerdictMemo(space, view -> space.questions().isWithinConstraints(view) ? 1 : 0, wide);
        this.scratch = new int[space.width()];
    }

    /** New worlds of the last round, in the order of the worlds that they come from: these, and the steps. */
    long[] accepted() {
        return accepted;
    }

    int acceptedCount() {
        return acceptedCount;
    }

    /** The transitions so far that lead out of the constraints and do not count. */
    long cutTransitions() {
        return cutTransitions;
    }

    /** How many worlds it has told apart, those outside the constraints included. */
    long told() {
        return known.size();
    }

    boolean addInitial(long fingerprint, long second) {
        return known.add(fingerprint, second);
    }

    /**
     * Takes the successors of a round.
     *
     * @param number this partition's
     * @param level the worlds that they come from, of which the round begins with {@code roundStart}
     */
    void take(int number, List<Expander> workers, Rows level, long roundStart) {
        acceptedCount = 0;
        boolean constrained = space.questions().hasConstraints();
        for (Expander worker : workers) {
            Candidates candidates = worker.candidates();
            long[] words = candidates.words(number);
            int size = candidates.size(number);
            int stride = candidates.stride();
            for (int batch = 0; batch < size; batch += BATCH * stride) {
                int end = Math.min(size, batch + BATCH * stride);
                if (constrained) {
                    for (int place = batch; place < end; place += stride) {
                        long second = stride == 3 ? words[place + 2] : 0;
                        takeConstrained(words[place], second, words[place + 1], level, roundStart);
                    }
                } else {
                    reserve(BATCH);
                    acceptedCount = known.addAll(words, batch, end, accepted, acceptedCount);
                }
            }
        }
    }

    private void reserve(int more) {
        if (acceptedCount + more > accepted.length) {
            accepted = Arrays.copyOf(accepted, accepted.length * 2);
        }
    }

    private void accept(long origin) {
        reserve(1);
        accepted[acceptedCount++] = origin;
    }

    private void takeConstrained(long fingerprint, long second, long origin, Rows level, long roundStart) {
        if (cut.contains(fingerprint, second)) {
            cutTransitions++;
        } else if (known.add(fingerprint, second)) {
            if (isWithinConstraints(origin, level, roundStart)) {
                accept(origin);
            } else {
                cut.add(fingerprint, second);
                cutTransitions++;
            }
        }
    }

    private boolean isWithinConstraints(long origin, Rows level, long roundStart) {
        long parent = roundStart + (origin >>> 32);
        int[] rows = level.chunk(parent);
        int base = level.base(parent);
        int slot = Ancestry.slot((int) origin);
        Move move = space.moves(space.cell(slot, rows[base + slot]))[Ancestry.move((int) origin)];
        space.apply(rows, base, slot, move, scratch, 0);
        return constraints.answer(scratch, 0) != 0;
    }
}
