package dev.foresail.predictor.simulate.queue;

import org.jspecify.annotations.Nullable;

/**
 * Slots of equal width in time, used round and round: a chain of blocks for each, in the order in which entries were added,
 * and a bit that says whether there are any. Not thread-safe.
 */
final class Wheel {
    /** Of each slot: its first block, its last block, how many entries it has, and nothing, which keeps it on one cache line. */
    private static final int STRIDE_BITS = 2;

    private static final int BLOCK_MASK = EntryPool.BLOCK - 1;

    /** The width of a slot is two to the power of this, in nanoseconds. */
    final int shift;

    private final EntryPool pool;
    private final int mask;
    private final int[] slots;
    private final long[] used;
    private int size;

    /** @param bits how many slots there are, as a power of two; at least 6 */
    Wheel(EntryPool pool, int shift, int bits) {
        this.pool = pool;
        this.shift = shift;
        this.mask = (1 << bits) - 1;
        this.slots = new int[1 << (bits + STRIDE_BITS)];
        this.used = new long[1 << (bits - 6)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many slots there are. */
    int slots() {
        return mask + 1;
    }

    /** The slot of a time, counted from time zero. */
    long slotOf(long atNanos) {
        return atNanos >>> shift;
    }

    long startOf(long slot) {
        return slot << shift;
    }

    void add(long atNanos, long key, @Nullable Object what) {
        int index = (int) (atNanos >>> shift) & mask;
        int base = index << STRIDE_BITS;
        int count = slots[base + 2];
        int place = count & BLOCK_MASK;
        if (place == 0) {
            addBlock(index, base, count);
        }
        slots[base + 2] = count + 1;
        size++;
        pool.set(slots[base + 1], place, atNanos, key, what);
    }

    /** Looks at what {@link #add} will look at. */
    int touch(long atNanos) {
        return slots[(((int) (atNanos >>> shift) & mask) << STRIDE_BITS) + 2];
    }

    private void addBlock(int index, int base, int count) {
        int block = pool.take();
        if (count == 0) {
            slots[base] = block;
            used[index >>> 6] |= 1L << index;
        } else {
            pool.chain(slots[base + 1], block);
        }
        slots[base + 1] = block;
    }

    /**
     * The first slot with entries that is not before {@code from}.
     *
     * @param end where to stop, at most one turn later
     * @return {@code end} when there is none before it
     */
    long firstUsed(long from, long end) {
        long slot = from;
        while (size > 0 && slot < end) {
            int index = (int) slot & mask;
            long bits = used[index >>> 6] >>> index;
            if (bits != 0) {
                return Math.min(end, slot + Long.numberOfTrailingZeros(bits));
            }
            slot += Long.SIZE - (index & (Long.SIZE - 1));
        }
        return end;
    }

    /** Takes what gets the entries of a slot. */
    @FunctionalInterface
    interface Taker {
        void take(long atNanos, long key, @Nullable Object what);
    }

    /** How many entries a slot has. */
    int count(long slot) {
        return slots[(((int) slot & mask) << STRIDE_BITS) + 2];
    }

    /** Empties a slot into another place, in order. */
    void empty(long slot, Taker taker) {
        int base = ((int) slot & mask) << STRIDE_BITS;
        int left = count(slot);
        int block = slots[base];
        cleared(slot, left);
        while (left > 0) {
            int here = Math.min(left, EntryPool.BLOCK);
            for (int place = 0; place < here; place++) {
                taker.take(pool.atNanos(block, place), pool.key(block, place), pool.what(block, place));
            }
            int following = pool.following(block);
            pool.forget(block, here);
            pool.free(block);
            block = following;
            left -= here;
        }
    }

    /** Empties a slot into the beginning of two arrays, in order: two numbers per entry, and what it carries. */
    void empty(long slot, long[] numbers, @Nullable Object[] carried) {
        int base = ((int) slot & mask) << STRIDE_BITS;
        int count = count(slot);
        int block = slots[base];
        cleared(slot, count);
        for (int at = 0; at < count; at += EntryPool.BLOCK) {
            int following = pool.following(block);
            pool.moveTo(block, Math.min(EntryPool.BLOCK, count - at), numbers, carried, at);
            pool.free(block);
            block = following;
        }
    }

    private void cleared(long slot, int count) {
        int index = (int) slot & mask;
        slots[(index << STRIDE_BITS) + 2] = 0;
        used[index >>> 6] &= ~(1L << index);
        size -= count;
    }
}
