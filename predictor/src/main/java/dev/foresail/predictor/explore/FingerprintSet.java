package dev.foresail.predictor.explore;

/**
 * A set of fingerprints of 64 or 128 bits: open addressing, linear probing, at most three quarters full. Not thread-safe.
 *
 * <p>Adding many at a time is faster: {@link #addAll}.
 */
final class FingerprintSet {
    private static final int FIRST_CAPACITY = 64;

    private final boolean wide;
    private long[] first = new long[FIRST_CAPACITY];
    private long[] second;
    private int size;
    // What was there when it was looked at means nothing, but without a use the looks would be left out.
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private int limit = FIRST_CAPACITY * 3 / 4;

    /** @param wide whether the second 64 bits count too */
    FingerprintSet(boolean wide) {
        this.wide = wide;
        this.second = new long[wide ? FIRST_CAPACITY : 0];
    }

    /**
     * Adds many, so that their cache misses overlap.
     *
     * @param words of each its first word, its origin and, with wide fingerprints, its second word
     * @param origins where the origins of those go that were not there, in their order, from {@code count} on
     * @return the number of origins then
     */
    int addAll(long[] words, int from, int to, long[] origins, int count) {
        int stride = wide ? 3 : 2;
        while (size + (to - from) / stride > limit) {
            grow();
        }
        touch(words, from, to, stride);
        long[] keys = first;
        int filled = count;
        for (int word = from; word < to; word += stride) {
            long key = key(words[word]);
            int place = place(keys, key, wide ? words[word + 2] : 0);
            if (keys[place] == 0) {
                keys[place] = key;
                if (wide) {
                    second[place] = words[word + 2];
                }
                origins[filled++] = words[word + 1];
            }
        }
        size += filled - count;
        return filled;
    }

    private void touch(long[] words, int from, int to, int stride) {
        long[] keys = first;
        int mask = keys.length - 1;
        long seen = 0;
        for (int word = from; word < to; word += stride) {
            seen |= keys[(int) words[word] & mask];
        }
        touched = seen;
    }

    /** Zero marks a free place. */
    private static long key(long fingerprint) {
        return fingerprint == 0 ? 1 : fingerprint;
    }

    /** Where it is, or the free place where it belongs. */
    private int place(long[] keys, long key, long secondFingerprint) {
        int mask = keys.length - 1;
        int place = (int) key & mask;
        long there = keys[place];
        while (there != 0 && (there != key || wide && second[place] != secondFingerprint)) {
            place = place + 1 & mask;
            there = keys[place];
        }
        return place;
    }

    /** Whether it was not there. */
    boolean add(long fingerprint, long secondFingerprint) {
        long key = key(fingerprint);
        int place = place(first, key, secondFingerprint);
        if (first[place] != 0) {
            return false;
        }
        first[place] = key;
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
        return first[place(first, key(fingerprint), secondFingerprint)] != 0;
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
