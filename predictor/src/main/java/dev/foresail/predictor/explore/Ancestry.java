package dev.foresail.predictor.explore;

import dev.foresail.choice.ProtocolException;
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
    /** Only so many worlds can be the one before another. */
    static final long MOST_WORLDS = 1L << 32;

    private final List<long[]> chunks = new ArrayList<>();

    void extend(long size) {
        while ((long) chunks.size() << CHUNK_BITS < size) {
            chunks.add(new long[CHUNK_SIZE]);
        }
    }

    /**
     * @param before below {@link #MOST_WORLDS}
     * @param step a slot and a move, as {@link #step} packs them
     */
    void set(long world, long before, int step) {
        if (before >= MOST_WORLDS) {
            throw new IllegalArgumentException(
                    "world " + before + " cannot be told apart from others as the one before; a search ends with "
                            + MOST_WORLDS + " worlds");
        }
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

    /**
     * The move with that index at that slot.
     *
     * @throws ProtocolException FS109 when the node has too many moves
     */
    static int step(int slot, int move) {
        if (move >= MOST_MOVES) {
            throw new ProtocolException(
                    "FS109",
                    "more than " + MOST_MOVES + " things can happen next at one node, each outcome of node.random and"
                            + " each binding of a choice counted; let it draw or choose among fewer");
        }
        return slot << 24 | move;
    }

    static int slot(int step) {
        return step >>> 24;
    }

    static int move(int step) {
        return step & MOST_MOVES - 1;
    }
}
