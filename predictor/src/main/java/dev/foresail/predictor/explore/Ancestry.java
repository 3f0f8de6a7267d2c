package dev.foresail.predictor.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each world was reached from first: the number of the world before and the move, 8 bytes a world. Worlds are
 * numbered in the order in which they were found. Extending is for one thread, setting different entries for any.
 */
final class Ancestry {
    private static final int CHUNK_BITS = 14;
    private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
    /** The moves of a node in one world that can be told apart. */
    static final int MOST_MOVES = 1 << 24;

    private final List<long[]> chunks = new ArrayList<>();

    void extend(long size) {
        while ((long) chunks.size() << CHUNK_BITS < size) {
            chunks.add(new long[CHUNK_SIZE]);
        }
    }

    /** @param step a slot and a move, as {@link #step} packs them */
    void set(long world, long before, int step) {
        chunks.get((int) (world >>> CHUNK_BITS))[(int) world & CHUNK_SIZE - 1] = before << 32 | step & 0xFFFFFFFFL;
    }

    private long get(long world) {
        return chunks.get((int) (world >>> CHUNK_BITS))[(int) world & CHUNK_SIZE - 1];
    }

    long before(long world) {
        return get(world) >>> 32;
    }

    int step(long world) {
        return (int) get(world);
    }

    /** The move with that index at that slot. */
    static int step(int slot, int move) {
        return slot << 24 | move;
    }

    static int slot(int step) {
        return step >>> 24;
    }

    static int move(int step) {
        return step & MOST_MOVES - 1;
    }
}
