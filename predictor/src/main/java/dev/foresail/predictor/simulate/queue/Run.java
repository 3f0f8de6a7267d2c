package dev.foresail.predictor.simulate.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one slot in their order, which are taken one after the other. The entries stay where they are; sorted are
 * numbers made of an entry's time within the slot and its place, so that entries of equal time keep the order in which they were
 * added. Not thread-safe.
 */
final class Run {
    /** Beyond, slots are so wide that time and place would not fit into one number. */
    static final int MOST_SHIFT = 36;

    private static final int PLACE_BITS = 63 - MOST_SHIFT;
    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;
    /** Up to so many are sorted by inserting one after the other. */
    private static final int FEW = 40;

    private static final int LEAST_CAPACITY = 64;
    /** Above, arrays that are mostly empty are given up. */
    private static final int LARGE_CAPACITY = 4096;

    private long[] numbers = new long[2 * LEAST_CAPACITY];
    private @Nullable Object[] carried = new @Nullable Object[LEAST_CAPACITY];
    private long[] order = new long[LEAST_CAPACITY];
    private int next;
    private int size;

    boolean isEmpty() {
        return next == size;
    }

    /** The time of the next entry. */
    long atNanos() {
        return numbers[2 * entry()];
    }

    long key() {
        return numbers[2 * entry() + 1];
    }

    private int entry() {
        return (int) order[next] & PLACE_MASK;
    }

    /** Takes the next entry and returns what it carries. */
    @Nullable
    Object take() {
        int entry = entry();
        next++;
        Object what = carried[entry];
        if (what != null) {
            carried[entry] = null;
        }
        return what;
    }

    /** Takes all entries of a slot; this must be empty. */
    void load(Wheel wheel, long slot) {
        size = wheel.count(slot);
        next = 0;
        if (size > order.length || (order.length > LARGE_CAPACITY && size < order.length >> 4)) {
            resize(Math.max(LEAST_CAPACITY, Integer.highestOneBit(Math.max(1, size)) * 2));
        }
        wheel.empty(slot, numbers, carried);
        long start = wheel.startOf(slot);
        for (int entry = 0; entry < size; entry++) {
            order[entry] = (numbers[2 * entry] - start) << PLACE_BITS | entry;
        }
        sort(order, 0, size);
        orderBySource();
    }

    /** Tells of all entries. */
    void announce(EventQueue.Announcement taker) {
        for (int entry = 0; entry < size; entry++) {
            long key = numbers[2 * entry + 1];
            taker.soon(EventQueue.source(key), (int) key, carried[entry]);
        }
    }

    private void resize(int capacity) {
        numbers = new long[2 * capacity];
        carried = new @Nullable Object[capacity];
        order = new long[capacity];
    }

    private static void sort(long[] values, int from, int to) {
        if (to - from > FEW) {
            Arrays.sort(values, from, to);
            return;
        }
        for (int sorted = from + 1; sorted < to; sorted++) {
            long value = values[sorted];
            int hole = sorted;
            while (hole > from && values[hole - 1] > value) {
                values[hole] = values[hole - 1];
                hole--;
            }
            values[hole] = value;
        }
    }

    /** Entries of equal time go by their source; those of one source stay as they are. */
    private void orderBySource() {
        for (int from = 0; from < size - 1; from++) {
            if (order[from] >>> PLACE_BITS == order[from + 1] >>> PLACE_BITS) {
                int to = from + 2;
                while (to < size && order[to] >>> PLACE_BITS == order[from] >>> PLACE_BITS) {
                    to++;
                }
                orderBySource(from, to);
                from = to - 1;
            }
        }
    }

    private void orderBySource(int from, int to) {
        long time = order[from] & ~PLACE_MASK;
        for (int at = from; at < to; at++) {
            long place = order[at] & PLACE_MASK;
            long source = EventQueue.source(numbers[2 * (int) place + 1]);
            order[at] = source << PLACE_BITS | place;
        }
        sort(order, from, to);
        for (int at = from; at < to; at++) {
            order[at] = time | order[at] & PLACE_MASK;
        }
    }
}
