package dev.foresail.predictor.simulate;

import dev.foresail.network.random.Hashing;

/**
 * When the last message of each pair of endpoints arrives that is still under way, so that none overtakes another: a table of numbers,
 * as large as what is under way. Not thread-safe.
 */
final class LastArrivals {
    private static final int LEAST_SLOTS = 64;
    private static final long NEVER = 0;

    /** Two numbers per slot, the pair and the arrival; a slot whose arrival is {@link #NEVER} was never used. */
    private long[] slots;

    private int mask;
    private int used;

    LastArrivals() {
        slots = new long[2 * LEAST_SLOTS];
        mask = LEAST_SLOTS - 1;
    }

    /**
     * A message is sent that would arrive at a time.
     *
     * @param nowNanos what arrives at this time or before is not under way any more
     * @return when it arrives, behind the one before it
     */
    long follow(int from, int to, long arrivalNanos, long nowNanos) {
        long pair = (long) from << Integer.SIZE | to;
        int slot = (int) Hashing.mix(pair) & mask;
        int free = -1;
        while (slots[2 * slot + 1] != NEVER) {
            boolean isOver = slots[2 * slot + 1] <= nowNanos;
            if (slots[2 * slot] == pair && !isOver) {
                long later = Math.max(slots[2 * slot + 1], arrivalNanos);
                slots[2 * slot + 1] = later;
                return later;
            }
            free = isOver && free < 0 ? slot : free;
            slot = (slot + 1) & mask;
        }
        // What arrives at once is not under way.
        if (arrivalNanos > nowNanos) {
            put(free < 0 ? slot : free, pair, arrivalNanos, nowNanos);
        }
        return arrivalNanos;
    }

    private void put(int slot, long pair, long arrivalNanos, long nowNanos) {
        boolean isNew = slots[2 * slot + 1] == NEVER;
        slots[2 * slot] = pair;
        slots[2 * slot + 1] = arrivalNanos;
        if (isNew && ++used > mask / 2) {
            rebuild(nowNanos);
        }
    }

    private void rebuild(long nowNanos) {
        long[] before = slots;
        int live = 0;
        for (int at = 1; at < before.length; at += 2) {
            live += before[at] > nowNanos ? 1 : 0;
        }
        int size = Math.max(LEAST_SLOTS, Integer.highestOneBit(Math.max(1, live)) * 8);
        slots = new long[2 * size];
        mask = size - 1;
        used = live;
        for (int at = 0; at < before.length; at += 2) {
            if (before[at + 1] > nowNanos) {
                int slot = (int) Hashing.mix(before[at]) & mask;
                while (slots[2 * slot + 1] != NEVER) {
                    slot = (slot + 1) & mask;
                }
                slots[2 * slot] = before[at];
                slots[2 * slot + 1] = before[at + 1];
            }
        }
    }
}
