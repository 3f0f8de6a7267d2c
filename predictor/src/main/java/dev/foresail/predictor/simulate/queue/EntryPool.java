package dev.foresail.predictor.simulate.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of all slots of a queue, in blocks of {@link #BLOCK} that are chained. A slot that is empty has none, so what is
 * taken is about what is pending; freed blocks are used again, the last one first, as it is still in the processor's caches.
 * Not thread-safe.
 */
final class EntryPool {
    /** How many entries a block has, a power of two: two lines of most caches, and four of them for times and keys. */
    static final int BLOCK = 16;

    static final int BLOCK_BITS = 4;

    private static final int SEGMENT_BITS = 12;
    private static final int SEGMENT_BLOCKS = 1 << SEGMENT_BITS;
    private static final int SEGMENT_MASK = SEGMENT_BLOCKS - 1;
    private static final int LEAST_BLOCKS = 16;
    private static final @Nullable Object[] NOTHING = {};

    /** Two numbers per entry, its time and its key. */
    private long[][] numbers = {};
    /** What each entry carries; nothing as long as no entry of the segment carries anything. */
    private @Nullable Object[][] carried = {};

    private int[] next = new int[LEAST_BLOCKS];
    private int blocks;
    /** The first free block, the others chained behind it; -1 without one. */
    private int free = -1;

    /** How many entries the blocks have that were ever used. */
    int capacity() {
        return blocks << BLOCK_BITS;
    }

    /** A block that nobody uses. */
    int take() {
        int block = free;
        if (block >= 0) {
            free = next[block];
            return block;
        }
        if (blocks == next.length) {
            next = Arrays.copyOf(next, 2 * blocks);
        }
        growFor(blocks);
        return blocks++;
    }

    private void growFor(int block) {
        int segment = block >>> SEGMENT_BITS;
        if (segment == numbers.length) {
            numbers = Arrays.copyOf(numbers, segment + 1);
            carried = Arrays.copyOf(carried, segment + 1);
            // A small queue takes little: the first segment grows with it.
            numbers[segment] = new long[segment == 0 ? numbersOf(LEAST_BLOCKS) : numbersOf(SEGMENT_BLOCKS)];
            carried[segment] = NOTHING;
        } else if (numbersOf(block & SEGMENT_MASK) == numbers[segment].length) {
            numbers[segment] = Arrays.copyOf(numbers[segment], 2 * numbers[segment].length);
            if (carried[segment].length > 0) {
                carried[segment] = Arrays.copyOf(carried[segment], numbers[segment].length / 2);
            }
        }
    }

    private static int numbersOf(int someBlocks) {
        return someBlocks << (BLOCK_BITS + 1);
    }

    void free(int block) {
        next[block] = free;
        free = block;
    }

    void chain(int block, int following) {
        next[block] = following;
    }

    int following(int block) {
        return next[block];
    }

    void set(int block, int place, long atNanos, long key, @Nullable Object what) {
        int segment = block >>> SEGMENT_BITS;
        int entry = ((block & SEGMENT_MASK) << BLOCK_BITS) + place;
        long[] into = numbers[segment];
        into[2 * entry] = atNanos;
        into[2 * entry + 1] = key;
        if (what != null) {
            if (carried[segment].length == 0) {
                carried[segment] = new Object[into.length / 2];
            }
            carried[segment][entry] = what;
        }
    }

    long atNanos(int block, int place) {
        return numbers[block >>> SEGMENT_BITS][numbersOf(block & SEGMENT_MASK) + 2 * place];
    }

    long key(int block, int place) {
        return numbers[block >>> SEGMENT_BITS][numbersOf(block & SEGMENT_MASK) + 2 * place + 1];
    }

    @Nullable
    Object what(int block, int place) {
        @Nullable Object[] from = carried[block >>> SEGMENT_BITS];
        return from.length == 0 ? null : from[((block & SEGMENT_MASK) << BLOCK_BITS) + place];
    }

    /** Copies the first {@code count} entries of a block out of it, and forgets what they carry. */
    void moveTo(int block, int count, long[] intoNumbers, @Nullable Object[] intoCarried, int at) {
        int segment = block >>> SEGMENT_BITS;
        int first = (block & SEGMENT_MASK) << BLOCK_BITS;
        System.arraycopy(numbers[segment], 2 * first, intoNumbers, 2 * at, 2 * count);
        @Nullable Object[] from = carried[segment];
        if (from.length > 0) {
            System.arraycopy(from, first, intoCarried, at, count);
            Arrays.fill(from, first, first + count, null);
        }
    }

    /** Forgets what the first {@code count} entries of a block carry. */
    void forget(int block, int count) {
        @Nullable Object[] from = carried[block >>> SEGMENT_BITS];
        if (from.length > 0) {
            int first = (block & SEGMENT_MASK) << BLOCK_BITS;
            Arrays.fill(from, first, first + count, null);
        }
    }
}
