package dev.foresail.predictor.explore;

import java.util.Arrays;

/**
 * The successors that one worker has found in a round, sorted into partitions by the first bits of their fingerprints, in
 * the order in which they were found. Not thread-safe while it is filled.
 *
 * <p>A successor is two words, or three with wide fingerprints: the fingerprint, the world it comes from (counted within
 * the round) with the step that leads to it, the second fingerprint.
 */
final class Candidates {
    static final int PARTITION_BITS = 6;
    static final int PARTITIONS = 1 << PARTITION_BITS;

    private static final int ROOM = 32;

    private final int stride;
    private final long[][] words = new long[PARTITIONS][256];
    // With room at both ends, as those of several workers lie near each other and each is written all the time.
    private final int[] sizes = new int[PARTITIONS + 2 * ROOM];

    Candidates(boolean wide) {
        this.stride = wide ? 3 : 2;
    }

    void clear() {
        Arrays.fill(sizes, 0);
    }

    void add(long fingerprint, long secondFingerprint, int parent, int step) {
        int partition = (int) (fingerprint >>> Long.SIZE - PARTITION_BITS);
        int size = sizes[ROOM + partition];
        long[] into = words[partition];
        if (size + stride > into.length) {
            into = Arrays.copyOf(into, into.length * 2);
            words[partition] = into;
        }
        into[size] = fingerprint;
        into[size + 1] = (long) parent << 32 | step;
        if (stride == 3) {
            into[size + 2] = secondFingerprint;
        }
        sizes[ROOM + partition] = size + stride;
    }

    int stride() {
        return stride;
    }

    /** The words of a partition, of which {@link #size} are filled. */
    long[] words(int partition) {
        return words[partition];
    }

    int size(int partition) {
        return sizes[ROOM + partition];
    }
}
