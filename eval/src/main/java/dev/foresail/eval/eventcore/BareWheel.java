package dev.foresail.eval.eventcore;

import java.util.Arrays;

/**
 * One turn of slots, each an array of numbers of its own that is sorted when its turn comes: what a queue of events costs at
 * least. It knows only delays below one turn, no sources, and no objects.
 */
final class BareWheel extends TokenRing {
    private static final int TURN_BITS = 21;
    private static final int SHIFT = 5;
    private static final int SLOTS = 1 << (TURN_BITS - SHIFT);

    private final long[][] slots = new long[SLOTS][];
    private final int[] counts = new int[SLOTS];
    private long[] buffer = new long[1 << 10];
    private int bufferSize;
    private int next;
    private long slot;
    private long takenAt;

    BareWheel(int nodes) {
        super(nodes);
        for (int index = 0; index < SLOTS; index++) {
            slots[index] = new long[2 * Math.max(4, (int) (3L * nodes / SLOTS))];
        }
    }

    @Override
    void add(long atTicks, int node) {
        if (atTicks >>> SHIFT <= slot) {
            insert(atTicks, node);
            return;
        }
        int index = (int) (atTicks >>> SHIFT) & (SLOTS - 1);
        int count = counts[index];
        long[] entries = slots[index];
        if (2 * count == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
            slots[index] = entries;
        }
        entries[2 * count] = atTicks;
        entries[2 * count + 1] = node;
        counts[index] = count + 1;
    }

    /** Into the buffer, by (time, node). */
    private void insert(long atTicks, long node) {
        if (bufferSize == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int hole = bufferSize;
        while (hole > next
                && (buffer[hole - 2] > atTicks || (buffer[hole - 2] == atTicks && buffer[hole - 1] > node))) {
            buffer[hole] = buffer[hole - 2];
            buffer[hole + 1] = buffer[hole - 1];
            hole -= 2;
        }
        buffer[hole] = atTicks;
        buffer[hole + 1] = node;
        bufferSize += 2;
    }

    @Override
    int take() {
        while (next == bufferSize) {
            load();
        }
        takenAt = buffer[next];
        int node = (int) buffer[next + 1];
        next += 2;
        return node;
    }

    private void load() {
        slot++;
        next = 0;
        bufferSize = 0;
        int index = (int) slot & (SLOTS - 1);
        int count = counts[index];
        long[] entries = slots[index];
        for (int entry = 0; entry < count; entry++) {
            insert(entries[2 * entry], entries[2 * entry + 1]);
        }
        counts[index] = 0;
    }

    @Override
    long takenAt() {
        return takenAt;
    }
}
