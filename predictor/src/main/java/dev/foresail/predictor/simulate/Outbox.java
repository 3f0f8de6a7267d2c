package dev.foresail.predictor.simulate;

import dev.foresail.predictor.simulate.queue.EventQueue;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one part has sent to another one in a window, in order. Not thread-safe: written in one window and emptied in the next. */
final class Outbox {
    private static final int LEAST_CAPACITY = 16;

    /** Of each entry the time that it is due, and its source and place. */
    private long[] numbers = new long[2 * LEAST_CAPACITY];

    private @Nullable Object[] carried = new @Nullable Object[LEAST_CAPACITY];
    private int size;
    private long earliestNanos = Long.MAX_VALUE;

    void add(long atNanos, int source, int place, Object what) {
        if (size == carried.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
            carried = Arrays.copyOf(carried, 2 * carried.length);
        }
        numbers[2 * size] = atNanos;
        numbers[2 * size + 1] = (long) source << Integer.SIZE | place;
        carried[size] = what;
        size++;
        earliestNanos = Math.min(earliestNanos, atNanos);
    }

    int size() {
        return size;
    }

    /** When the first entry is due; {@link Long#MAX_VALUE} when there is none. */
    long earliestNanos() {
        return earliestNanos;
    }

    /** When an entry is due; entries count from 0, in the order in which they were added. */
    long atNanos(int entry) {
        return numbers[2 * entry];
    }

    int source(int entry) {
        return (int) (numbers[2 * entry + 1] >>> Integer.SIZE);
    }

    int place(int entry) {
        return (int) numbers[2 * entry + 1];
    }

    Object carried(int entry) {
        return Objects.requireNonNull(carried[entry]);
    }

    void clear() {
        Arrays.fill(carried, 0, size, null);
        size = 0;
        earliestNanos = Long.MAX_VALUE;
    }

    /**
     * Moves everything into a queue.
     *
     * @param notBeforeNanos what was due before is due then
     */
    void emptyInto(EventQueue queue, long notBeforeNanos, Slowness slowness) {
        for (int entry = 0; entry < size; entry++) {
            long dueNanos = numbers[2 * entry];
            if (dueNanos < notBeforeNanos) {
                slowness.late(notBeforeNanos - dueNanos);
                dueNanos = notBeforeNanos;
            }
            long key = numbers[2 * entry + 1];
            queue.add(dueNanos, (int) (key >>> Integer.SIZE), (int) key, carried[entry]);
            carried[entry] = null;
        }
        size = 0;
        earliestNanos = Long.MAX_VALUE;
    }
}
