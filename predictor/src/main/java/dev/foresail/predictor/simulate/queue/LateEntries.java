package dev.foresail.predictor.simulate.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are due before the next slot, whose turn had come before they were added: a binary heap, in which entries of
 * equal time and source keep their order. Mostly there are very few. Not thread-safe.
 */
final class LateEntries {
    private static final int LEAST_CAPACITY = 16;
    private static final int STRIDE = 3;

    /** Of each entry its time, its key, and its number among all that were added here. */
    private long[] numbers = new long[STRIDE * LEAST_CAPACITY];

    private @Nullable Object[] carried = new @Nullable Object[LEAST_CAPACITY];
    private int size;
    private long added;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The time of the first entry. */
    long atNanos() {
        return numbers[0];
    }

    long key() {
        return numbers[1];
    }

    void add(long atNanos, long key, @Nullable Object what) {
        if (size == carried.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
            carried = Arrays.copyOf(carried, 2 * carried.length);
        }
        int hole = size++;
        long number = added++;
        while (hole > 0) {
            int parent = (hole - 1) >> 1;
            if (!isBefore(atNanos, key, number, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        set(hole, atNanos, key, number, what);
    }

    /** Takes the first entry and returns what it carries. */
    @Nullable
    Object take() {
        Object first = carried[0];
        int last = --size;
        long atNanos = numbers[STRIDE * last];
        long key = numbers[STRIDE * last + 1];
        long number = numbers[STRIDE * last + 2];
        Object what = carried[last];
        carried[last] = null;
        if (last > 0) {
            int hole = 0;
            int child = smallerChild(hole);
            while (child < size && !isBefore(atNanos, key, number, child)) {
                move(child, hole);
                hole = child;
                child = smallerChild(hole);
            }
            set(hole, atNanos, key, number, what);
        }
        return first;
    }

    /** The child that comes first; beyond the size when there is none. */
    private int smallerChild(int parent) {
        int child = 2 * parent + 1;
        int other = child + 1;
        boolean isOther = other < size
                && isBefore(numbers[STRIDE * other], numbers[STRIDE * other + 1], numbers[STRIDE * other + 2], child);
        return isOther ? other : child;
    }

    private boolean isBefore(long atNanos, long key, long number, int other) {
        long otherNanos = numbers[STRIDE * other];
        if (atNanos != otherNanos) {
            return atNanos < otherNanos;
        }
        int source = EventQueue.source(key);
        int otherSource = EventQueue.source(numbers[STRIDE * other + 1]);
        return source != otherSource ? source < otherSource : number < numbers[STRIDE * other + 2];
    }

    private void move(int from, int to) {
        set(to, numbers[STRIDE * from], numbers[STRIDE * from + 1], numbers[STRIDE * from + 2], carried[from]);
    }

    private void set(int entry, long atNanos, long key, long number, @Nullable Object what) {
        numbers[STRIDE * entry] = atNanos;
        numbers[STRIDE * entry + 1] = key;
        numbers[STRIDE * entry + 2] = number;
        carried[entry] = what;
    }
}
