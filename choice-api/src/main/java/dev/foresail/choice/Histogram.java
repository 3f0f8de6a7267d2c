package dev.foresail.choice;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * How many there are of each level, from level 1 on: an immutable value for aggregates such as "nodes per level of my
 * subtree". Counts are at least 0; trailing zeros are not kept, so equal histograms are equal lists.
 *
 * @param counts the count of level 1, of level 2, ...
 */
public record Histogram(List<Integer> counts) {
    public static final Histogram EMPTY = new Histogram(List.of());

    private static final Histogram ONE = new Histogram(List.of(1));

    public Histogram {
        counts = counts instanceof Counts ? counts : Counts.copyOf(counts);
    }

    /** An unmodifiable list without boxes: aggregates are made anew on every event's critical path. */
    private static final class Counts extends AbstractList<Integer> implements RandomAccess {
        private final int[] values;

        /** @param values not copied; the last is not 0 */
        private Counts(int[] values) {
            this.values = values;
        }

        static Counts copyOf(List<Integer> counts) {
            int[] values = new int[counts.size()];
            for (int index = 0; index < values.length; index++) {
                values[index] = counts.get(index);
            }
            return of(values);
        }

        /** @param values not copied unless the last is 0 */
        static Counts of(int[] values) {
            int length = values.length;
            while (length > 0 && values[length - 1] == 0) {
                length--;
            }
            int[] kept = length == values.length ? values : Arrays.copyOf(values, length);
            for (int count : kept) {
                if (count < 0) {
                    throw new IllegalArgumentException("a count is at least 0, not " + count);
                }
            }
            return new Counts(kept);
        }

        @Override
        public Integer get(int index) {
            return values[Objects.checkIndex(index, values.length)];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private int[] values() {
        return ((Counts) counts).values;
    }

    /** One at level 1. */
    public static Histogram one() {
        return ONE;
    }

    /** The count of {@code level}, 0 beyond the last. */
    public int count(int level) {
        int[] values = values();
        return level < 1 || level > values.length ? 0 : values[level - 1];
    }

    /** The highest level with a count above 0; 0 when empty. */
    public int levels() {
        return values().length;
    }

    public int total() {
        int total = 0;
        for (int count : values()) {
            total += count;
        }
        return total;
    }

    /** The mean level; 0 when empty. */
    public double mean() {
        int[] values = values();
        long sum = 0;
        for (int index = 0; index < values.length; index++) {
            sum += (long) (index + 1) * values[index];
        }
        return values.length == 0 ? 0 : (double) sum / total();
    }

    /** The sum of both, level by level. */
    public Histogram plus(Histogram other) {
        return plusShifted(other, 0);
    }

    /** The sum of this and {@code other} moved {@code by} levels up, at least 0. */
    public Histogram plusShifted(Histogram other, int by) {
        int[] added = other.values();
        if (added.length == 0) {
            return this;
        }
        int[] own = values();
        int[] sum = Arrays.copyOf(own, Math.max(own.length, added.length + by));
        for (int index = 0; index < added.length; index++) {
            sum[index + by] += added[index];
        }
        return new Histogram(Counts.of(sum));
    }

    /** Everything moved {@code by} levels up, at least 0. */
    public Histogram shifted(int by) {
        return EMPTY.plusShifted(this, by);
    }

    /**
     * The lowest level below level 1 with room for one more in a tree whose inner nodes have up to {@code fanout}
     * children: level l has room while it holds fewer than {@code fanout} times what level l - 1 holds.
     */
    public int firstLevelWithRoom(int fanout) {
        int level = 2;
        while (level <= levels() && count(level) >= fanout * count(level - 1)) {
            level++;
        }
        return level;
    }

    /** A tree of {@code size} nodes, at least 0, filled level by level with {@code fanout} children each. */
    public static Histogram ofBalancedTree(int size, int fanout) {
        if (size == 1) {
            return ONE;
        }
        int levels = 0;
        int width = 1;
        for (int left = size; left > 0; left -= width, width *= fanout) {
            levels++;
        }
        int[] counts = new int[levels];
        width = 1;
        int left = size;
        for (int level = 0; level < levels; level++) {
            counts[level] = Math.min(width, left);
            left -= width;
            width *= fanout;
        }
        return new Histogram(Counts.of(counts));
    }
}
