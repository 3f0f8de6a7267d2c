package dev.foresail.eval.microraft;

import java.util.Arrays;

/** A number for each index from 0 on, 0 where none was put. Not thread-safe. */
final class LongTable {
    private long[] values = new long[64];

    long get(long index) {
        return index < values.length ? values[Math.toIntExact(index)] : 0;
    }

    void put(long index, long value) {
        int at = Math.toIntExact(index);
        if (at >= values.length) {
            values = Arrays.copyOf(values, Math.max(at + 1, 2 * values.length));
        }
        values[at] = value;
    }
}
