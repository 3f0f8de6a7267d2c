package dev.foresail.eval.blocks;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of a file's blocks, which are numbered from 0 on. Immutable.
 *
 * @param low one bit for each of the blocks 0 to 63
 * @param high one bit for each of the blocks 64 to 127
 */
public record Bitmap(long low, long high) {
    /** Of no more blocks can be told. */
    static final int MOST_BLOCKS = 128;

    static final Bitmap NONE = new Bitmap(0, 0);

    /** The blocks 0 to {@code blocks - 1}, at most {@link #MOST_BLOCKS}. */
    static Bitmap all(int blocks) {
        return new Bitmap(ones(Math.min(blocks, Long.SIZE)), ones(Math.max(0, blocks - Long.SIZE)));
    }

    private static long ones(int count) {
        return count == 0 ? 0 : -1L >>> (Long.SIZE - count);
    }

    Bitmap with(int block) {
        return block < Long.SIZE ? new Bitmap(low | 1L << block, high) : new Bitmap(low, high | 1L << block);
    }

    boolean has(int block) {
        return ((block < Long.SIZE ? low : high) >>> block & 1) != 0;
    }

    Bitmap and(Bitmap other) {
        return new Bitmap(low & other.low, high & other.high);
    }

    Bitmap or(Bitmap other) {
        return new Bitmap(low | other.low, high | other.high);
    }

    Bitmap without(Bitmap other) {
        return new Bitmap(low & ~other.low, high & ~other.high);
    }

    boolean isEmpty() {
        return (low | high) == 0;
    }

    int count() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    /** In how many of some each block is, in binary: the bitmap at place i has those whose count has the digit of 2 to the i. */
    static List<Bitmap> counts(List<Bitmap> some) {
        List<Bitmap> counts = new ArrayList<>();
        for (Bitmap each : some) {
            Bitmap carry = each;
            for (int place = 0; place < counts.size(); place++) {
                Bitmap before = counts.get(place);
                counts.set(place, before.or(carry).without(before.and(carry)));
                carry = before.and(carry);
            }
            if (!carry.isEmpty()) {
                counts.add(carry);
            }
        }
        return counts;
    }

    /** Those of these blocks whose count is this; see {@link #counts}. */
    Bitmap counted(List<Bitmap> counts, int count) {
        Bitmap left = this;
        for (int place = 0; place < counts.size(); place++) {
            left = (count >>> place & 1) != 0 ? left.and(counts.get(place)) : left.without(counts.get(place));
        }
        return left;
    }

    /** In ascending order. */
    List<Integer> blocks() {
        List<Integer> blocks = new ArrayList<>();
        for (long left = low; left != 0; left &= left - 1) {
            blocks.add(Long.numberOfTrailingZeros(left));
        }
        for (long left = high; left != 0; left &= left - 1) {
            blocks.add(Long.SIZE + Long.numberOfTrailingZeros(left));
        }
        return blocks;
    }
}
