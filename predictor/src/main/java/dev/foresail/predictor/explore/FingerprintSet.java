package dev.foresail.predictor.explore;

/**
 * A set of fingerprints of 64 or 128 bits: open addressing, linear probing, at most three quarters full. Not thread-safe.
 *
 * <p>Adding many at a time is faster: {@link #touch} each of them first, so that their cache misses overlap.
 */
final class FingerprintSet {
    private static final int FIRST_CAPACITY = 64;

    private final boolean wide;
    private long[] first = new long[FIRST_CAPACITY];
    private long[] second;
    private int size;
    private int limit = FIRST_CAPACITY * 3 / 4;

    /** @param wide whether the second 64 bits count too */
    FingerprintSet(boolean wide) {
        this.wide = wide;
        this.second = new long[wide ? FIRST_CAPACITY : 0];
    }

    /** Brings the place of a fingerprint into the cache; the answer means nothing, but must be used. */
    long touch(long fingerprint) {
        return first[(int) fingerprint & first.length - 1];
    }

    /** Whether it was not there. */
    boolean add(long fingerprint, long secondFingerprint) {
        // Zero marks a free place.
        long key = fingerprint == 0 ? 1 : fingerprint;
        long[] keys = first;
        int mask = keys.length - 1;
        int place = (int) key & mask;
        for (long there = keys[place]; there != 0; there = keys[place]) {
            if (there == key && (!wide || second[place] == secondFingerprint)) {
                return false;
            }
            place = place + 1 & mask;
        }
        keys[place] = key;
        if (wide) {
            second[place] = secondFingerprint;
        }
        size++;
        if (size > limit) {
            grow();
        }
        return true;
    }

    boolean contains(long fingerprint, long secondFingerprint) {
        long key = fingerprint == 0 ? 1 : fingerprint;
        int mask = first.length - 1;
        int place = (int) key & mask;
        while (first[place] != 0) {
            if (first[place] == key && (!wide || second[place] == secondFingerprint)) {
                return true;
            }
            place = place + 1 & mask;
        }
        return false;
    }

    private void grow() {
        long[] oldFirst = first;
        long[] oldSecond = second;
        int capacity = oldFirst.length * 2;
        int mask = capacity - 1;
        first = new long[capacity];
        second = new long[wide ? capacity : 0];
        limit = (int) (capacity * 3L / 4);
        for (int old = 0; old < oldFirst.length; old++) {
            long key = oldFirst[old];
            if (key != 0) {
                int place = (int) key & mask;
                while (first[place] != 0) {
                    place = place + 1 & mask;
                }
                first[place] = key;
                if (wide) {
                    second[place] = oldSecond[old];
                }
            }
        }
    }

    int size() {
        return size;
    }
}
