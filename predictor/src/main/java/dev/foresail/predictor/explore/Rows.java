package dev.foresail.predictor.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of numbers in chunks of fixed size, appended at the end and released from the beginning; released chunks are used
 * again. Appending and releasing are for one thread; reading and writing different rows for any.
 */
final class Rows {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_ROWS = 1 << CHUNK_BITS;

    private final int width;
    private final Pool pool;
    private final List<int[]> chunks = new ArrayList<>();
    private long size;

    Rows(int width, Pool pool) {
        this.width = width;
        this.pool = pool;
    }

    /** Chunks that are not in use. Not thread-safe. */
    static final class Pool {
        private final int width;
        private final List<int[]> free = new ArrayList<>();

        Pool(int width) {
            this.width = width;
        }

        private int[] take() {
            return free.isEmpty() ? new int[CHUNK_ROWS * width] : free.remove(free.size() - 1);
        }
    }

    long size() {
        return size;
    }

    /** Makes room for {@code count} more rows, whose numbers are not defined yet. */
    void extend(long count) {
        size += count;
        while ((long) chunks.size() << CHUNK_BITS < size) {
            chunks.add(pool.take());
        }
    }

    /** The array in which the row is; it begins at {@link #base}. */
    int[] chunk(long row) {
        return chunks.get((int) (row >>> CHUNK_BITS));
    }

    int base(long row) {
        return ((int) row & CHUNK_ROWS - 1) * width;
    }

    /** Gives back the chunks that lie wholly before {@code row}; these rows must not be read any more. */
    void releaseBefore(long row) {
        int whole = (int) Math.min(chunks.size(), row >>> CHUNK_BITS);
        for (int index = whole - 1; index >= 0 && chunks.get(index).length > 0; index--) {
            pool.free.add(chunks.set(index, RELEASED));
        }
    }

    private static final int[] RELEASED = {};

    void releaseAll() {
        releaseBefore((long) chunks.size() << CHUNK_BITS);
        chunks.clear();
        size = 0;
    }
}
