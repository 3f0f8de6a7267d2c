package dev.foresail.choice;

import java.util.ArrayList;
import java.util.List;

/**
 * How many there are of each level, from level 1 on: an immutable value for aggregates such as "nodes per level of my
 * subtree". Counts are at least 0; trailing zeros are not kept, so equal histograms are equal lists.
 *
 * @param counts the count of level 1, of level 2, ...
 */
public record Histogram(List<Integer> counts) {
    public static final Histogram EMPTY = new Histogram(List.of());

    public Histogram {
        int length = counts.size();
        while (length > 0 && counts.get(length - 1) == 0) {
            length--;
        }
        counts = List.copyOf(counts.subList(0, length));
        for (int count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a count is at least 0, not " + count);
            }
        }
    }

    /** One at level 1. */
    public static Histogram one() {
        return new Histogram(List.of(1));
    }

    /** The count of {@code level}, 0 beyond the last. */
    public int count(int level) {
        return level < 1 || level > counts.size() ? 0 : counts.get(level - 1);
    }

    /** The highest level with a count above 0; 0 when empty. */
    public int levels() {
        return counts.size();
    }

    public int total() {
        int total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    /** The mean level; 0 when empty. */
    public double mean() {
        long sum = 0;
        for (int index = 0; index < counts.size(); index++) {
            sum += (long) (index + 1) * counts.get(index);
        }
        return counts.isEmpty() ? 0 : (double) sum / total();
    }

    /** The sum of both, level by level. */
    public Histogram plus(Histogram other) {
        List<Integer> sum = new ArrayList<>();
        for (int level = 1; level <= Math.max(levels(), other.levels()); level++) {
            sum.add(count(level) + other.count(level));
        }
        return new Histogram(sum);
    }

    /** Everything moved {@code by} levels up, at least 0. */
    public Histogram shifted(int by) {
        List<Integer> moved = new ArrayList<>();
        for (int level = 0; level < by; level++) {
            moved.add(0);
        }
        moved.addAll(counts);
        return new Histogram(moved);
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
        List<Integer> counts = new ArrayList<>();
        int width = 1;
        for (int left = size; left > 0; left -= width, width *= fanout) {
            counts.add(Math.min(width, left));
        }
        return new Histogram(counts);
    }
}
