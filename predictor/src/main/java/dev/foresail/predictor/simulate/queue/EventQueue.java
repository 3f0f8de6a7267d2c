package dev.foresail.predictor.simulate.queue;

import org.jspecify.annotations.Nullable;

/**
 * What is to happen in a simulation, in the total order (time, source, order in which the source has added it): independent of
 * the order among sources, so that partitions may run side by side. Nothing is allocated for an entry; it carries a number, the
 * place where it happens, and an object of the caller's choice or none. Not thread-safe.
 *
 * <pre>{@code
 * queue.add(atNanos, source, place, what);
 * while (queue.next(untilNanos)) {
 *     handle(queue.atNanos(), queue.place(), queue.what());
 * }
 * }</pre>
 */
public final class EventQueue {
    /*
     * Idea: a wheel of slots of equal width. To add is to append to a slot, one cache line; a slot is sorted when its turn
     * comes, as a whole, when its entries lie side by side (Run). What is added to a slot whose turn has come goes into a small
     * heap beside it (LateEntries).
     *
     * Far future: wheels above the first, each of fewer and wider slots. A wheel's slots cover exactly the present slot of the
     * wheel above it and the one after that (parents); when the next parent is entered, the one after it is poured down. So
     * whatever is appended to a slot directly is added after all that was poured into it: slots keep the order in which each
     * source has added, and no sequence number is kept.
     *
     * Width: from the rate of what was taken lately, so that a slot gets TARGET entries; the number of slots from how many are
     * pending, so that most are added to the first wheel. Looked at again after as many entries as are pending, so that to pour
     * all into new wheels costs little per entry. The order does not depend on any of it.
     *
     * Weakness: what is due within the present slot costs a heap's logarithm; with slots as narrow that is little of it.
     */

    /** The latest time there is, about 146 years. */
    public static final long LATEST_NANOS = 1L << 62;

    /** How many entries a slot is to have, as a power of two. */
    private static final int TARGET_BITS = 4;
    /**
     * The same when so much is pending that it is not in the processor's caches: what is announced together is waited for together,
     * and half a million nodes took a quarter less time with this (decision 075).
     */
    private static final int TARGET_BITS_OF_MANY = 6;

    private static final long MANY = 1 << 15;

    /** How many times the slots cover the time that entries are pending on average, as a power of two. */
    private static final int TURN_BITS = 2;

    private static final int LEAST_SLOTS_BITS = 6;
    private static final int MOST_SLOTS_BITS = 20;
    private static final int FIRST_SHIFT = 20;
    private static final int UPPER_SLOTS_BITS = 7;
    private static final int LEAST_TAKEN = 1024;
    private static final int LEAST_LATE = 256;

    private EntryPool pool = new EntryPool();
    private Run run = new Run();
    private LateEntries late = new LateEntries();
    /** When more than this is late, the slots may be too wide. */
    private long mostLate = LEAST_LATE;

    /** The first has the narrowest slots. */
    private Wheel[] wheels = {};

    private Wheel first;
    /** All slots of the first wheel before this one have had their turn. */
    private long cursor;
    /** What is due before this belongs to slots that have had their turn. */
    private long loadedUntilNanos;
    /** What is due from here on does not belong into the first wheel yet. */
    private long firstEndNanos;

    private long size;
    private long cancelled;
    private long sweepAt = LEAST_TAKEN;

    private @Nullable Announcement announcement;

    private long takenSinceLook;
    private long lookedAtNanos;

    private long atNanos;
    private long key;
    private @Nullable Object what;

    public EventQueue() {
        first = build(FIRST_SHIFT, LEAST_SLOTS_BITS + 2);
    }

    /** The source of a key. */
    static int source(long key) {
        return (int) (key >> Integer.SIZE);
    }

    /** How many entries there are that are not cancelled. */
    public long size() {
        return size - cancelled;
    }

    /** For how many entries there is room, free or not. */
    int capacity() {
        return pool.capacity();
    }

    /**
     * Adds an entry. One that is due before what was taken last is the next one.
     *
     * @param atNanos 0 to {@link #LATEST_NANOS}
     * @param source whose entry it is
     * @param place any number
     * @param what anything
     */
    public void add(long atNanos, int source, int place, @Nullable Object what) {
        if (atNanos < 0 || atNanos > LATEST_NANOS) {
            throw new IllegalArgumentException("a time is 0 to " + LATEST_NANOS + " nanoseconds, not " + atNanos);
        }
        size++;
        put(atNanos, (long) source << Integer.SIZE | place & 0xFFFFFFFFL, what);
    }

    /** Brings into the processor's caches what {@link #add} will look at for an entry that is due then; the answer says nothing. */
    public long touch(long dueNanos) {
        return dueNanos < firstEndNanos ? first.touch(dueNanos) : 0;
    }

    private void put(long dueNanos, long itsKey, @Nullable Object carried) {
        if (dueNanos < loadedUntilNanos) {
            late.add(dueNanos, itsKey, carried);
        } else if (dueNanos < firstEndNanos) {
            first.add(dueNanos, itsKey, carried);
        } else {
            putAbove(dueNanos, itsKey, carried);
        }
    }

    private void putAbove(long dueNanos, long itsKey, @Nullable Object carried) {
        int level = 1;
        while (level < wheels.length - 1 && dueNanos >= endOf(level)) {
            level++;
        }
        wheels[level].add(dueNanos, itsKey, carried);
    }

    /** Where the slots of a wheel end: with the parent after the present one. */
    private long endOf(int level) {
        Wheel parent = wheels[level + 1];
        return parent.startOf(parent.slotOf(first.startOf(cursor)) + 2);
    }

    /** Keeps what is in this queue from happening; no effect when it was taken before. */
    public void cancel(Cancellable entry) {
        if (entry.cancel()) {
            cancelled++;
            if (cancelled >= sweepAt && cancelled > size / 2) {
                rebuild(first.shift, Integer.numberOfTrailingZeros(first.slots()));
                // Those whose turn has come are still there.
                sweepAt = Math.max(LEAST_TAKEN, 2 * cancelled);
            }
        }
    }

    /**
     * Takes the next entry that is not cancelled and not later than {@code untilNanos}; what it is, the methods below say until
     * the next one is taken.
     *
     * @return false when there is none
     */
    public boolean next(long untilNanos) {
        while (size > 0) {
            if (late.size() > mostLate) {
                narrow();
            }
            if (run.isEmpty() && late.isEmpty() && !load(untilNanos)) {
                return false;
            }
            boolean isLate = isLateNext();
            long dueNanos = isLate ? late.atNanos() : run.atNanos();
            if (dueNanos > untilNanos) {
                return false;
            }
            atNanos = dueNanos;
            key = isLate ? late.key() : run.key();
            what = isLate ? takeLate() : run.take();
            size--;
            if (!(what instanceof Cancellable entry) || entry.take()) {
                return true;
            }
            cancelled--;
        }
        return false;
    }

    /** When the next entry is due, which may be cancelled; {@link Long#MAX_VALUE} when there is none. */
    public long nextNanos() {
        if (size == 0 || (run.isEmpty() && late.isEmpty() && !load(LATEST_NANOS))) {
            return Long.MAX_VALUE;
        }
        return isLateNext() ? late.atNanos() : run.atNanos();
    }

    private @Nullable Object takeLate() {
        takenSinceLook++;
        return late.take();
    }

    /** Of equal time and source those of the slot come first: they were added before its turn. */
    private boolean isLateNext() {
        if (late.isEmpty() || run.isEmpty()) {
            return run.isEmpty();
        }
        long lateNanos = late.atNanos();
        long runNanos = run.atNanos();
        return lateNanos != runNanos ? lateNanos < runNanos : source(late.key()) < source(run.key());
    }

    /** When the entry is due that was taken last. */
    public long atNanos() {
        return atNanos;
    }

    public int source() {
        return source(key);
    }

    public int place() {
        return (int) key;
    }

    /** What the entry that was taken last carries. */
    public @Nullable Object what() {
        return what;
    }

    /**
     * Much is due within the present slot: its width is that of a time in which less happened. What is left of it is poured into
     * narrower ones, with all else.
     */
    private void narrow() {
        long perSlot = (loadedUntilNanos - atNanos) / (late.size() >> targetBits());
        mostLate = Math.max(2L * late.size(), size >> 3);
        if (atNanos >= loadedUntilNanos || perSlot >= 1L << (first.shift - 1)) {
            return;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, perSlot));
        Run restOfRun = run;
        LateEntries restOfLate = late;
        run = new Run();
        late = new LateEntries();
        Wheel[] before = wheels;
        long beforeNanos = first.startOf(cursor);
        loadedUntilNanos = atNanos;
        build(shift, slotsBits());
        loadedUntilNanos = first.startOf(cursor);
        // Of equal time and source those of the slot were added first, and what is in the wheels is due later.
        while (!restOfRun.isEmpty()) {
            long dueNanos = restOfRun.atNanos();
            long itsKey = restOfRun.key();
            put(dueNanos, itsKey, restOfRun.take());
        }
        while (!restOfLate.isEmpty()) {
            long dueNanos = restOfLate.atNanos();
            long itsKey = restOfLate.key();
            put(dueNanos, itsKey, restOfLate.take());
        }
        pourAll(before, beforeNanos, this::put);
        looked();
    }

    private void looked() {
        lookedAtNanos = loadedUntilNanos;
        takenSinceLook = 0;
        mostLate = Math.max(LEAST_LATE, size >> 3);
    }

    private int targetBits() {
        return size < MANY ? TARGET_BITS : TARGET_BITS_OF_MANY;
    }

    /** How many slots fit what is pending, as a power of two. */
    private int slotsBits() {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, size >> (targetBits() - TURN_BITS)));
        return Math.max(LEAST_SLOTS_BITS, Math.min(MOST_SLOTS_BITS, bits));
    }

    /** Sorts the next slot that has entries; false when it begins later than {@code untilNanos}. */
    private boolean load(long untilNanos) {
        if (takenSinceLook >= Math.max(LEAST_TAKEN, size)) {
            adapt();
        }
        while (true) {
            long parentEnd = parentEnd();
            long slot = first.firstUsed(cursor, parentEnd);
            if (slot < parentEnd) {
                if (first.startOf(slot) > untilNanos) {
                    return false;
                }
                takenSinceLook += first.count(slot);
                run.load(first, slot);
                if (announcement != null) {
                    run.announce(announcement);
                }
                moveTo(slot + 1);
                return true;
            }
            long nextNanos = firstAfter(parentEnd);
            if (nextNanos > untilNanos) {
                return false;
            }
            moveTo(first.slotOf(nextNanos));
        }
    }

    /** The first wheel's slot at which its present parent ends. */
    private long parentEnd() {
        int half = first.slots() / 2;
        return (cursor / half + 1) * half;
    }

    /** The beginning of the first slot of any wheel that has entries, behind the present parent of the first wheel. */
    private long firstAfter(long parentEnd) {
        if (!first.isEmpty()) {
            return first.startOf(first.firstUsed(parentEnd, parentEnd + first.slots() / 2));
        }
        for (int level = 1; level < wheels.length; level++) {
            Wheel wheel = wheels[level];
            if (!wheel.isEmpty()) {
                long from = wheel.slotOf(first.startOf(cursor));
                return wheel.startOf(wheel.firstUsed(from, from + wheel.slots()));
            }
        }
        return Long.MAX_VALUE;
    }

    private void moveTo(long slot) {
        long before = parentEnd();
        cursor = slot;
        loadedUntilNanos = first.startOf(slot);
        if (slot >= before) {
            firstEndNanos = endOf(0);
            for (int level = wheels.length - 1; level > 0; level--) {
                pour(level);
            }
        }
    }

    /** What a wheel has in its present slot and in the one after it belongs to wheels below. */
    private void pour(int level) {
        Wheel wheel = wheels[level];
        long present = wheel.slotOf(first.startOf(cursor));
        for (long slot = present; slot < present + 2 && !wheel.isEmpty(); slot++) {
            if (wheel.count(slot) > 0) {
                wheel.empty(slot, this::put);
            }
        }
    }

    private Wheel build(int shift, int slotsBits) {
        int levels = 1;
        for (int above = shift + slotsBits - 1; above < Long.SIZE - 2; above += UPPER_SLOTS_BITS - 1) {
            levels++;
        }
        wheels = new Wheel[levels];
        int levelShift = shift;
        for (int level = 0; level < levels; level++) {
            int bits = level == 0 ? slotsBits : UPPER_SLOTS_BITS;
            wheels[level] = new Wheel(pool, levelShift, bits);
            levelShift += bits - 1;
        }
        first = wheels[0];
        cursor = first.slotOf(loadedUntilNanos);
        firstEndNanos = endOf(0);
        return first;
    }

    /** Looks whether the slots fit what was taken lately. */
    private void adapt() {
        long elapsed = Math.max(1, loadedUntilNanos - lookedAtNanos);
        long perSlot = elapsed / Math.max(1, takenSinceLook >> targetBits());
        int shift = Math.min(Run.MOST_SHIFT, Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, perSlot)));
        int bits = slotsBits();
        int presentBits = Integer.numberOfTrailingZeros(first.slots());
        looked();
        if (Math.abs(shift - first.shift) > 1 || Math.abs(bits - presentBits) > 1) {
            rebuild(shift, bits);
        }
    }

    /** Is told of entries some time before they are taken, in no order; what it is told may be cancelled meanwhile. */
    @FunctionalInterface
    public interface Announcement {
        void soon(int source, int place, @Nullable Object what);
    }

    /** From now on entries are announced, but for those that are added very shortly before they are due. */
    public void announceTo(Announcement taker) {
        announcement = taker;
    }

    /** Says of an entry whether it is to go. */
    @FunctionalInterface
    public interface Filter {
        boolean goes(int source, int place, @Nullable Object what);
    }

    /**
     * Takes out what is not to happen, but for entries that are due very soon.
     *
     * @return how many
     */
    public long removeIf(Filter filter) {
        long before = size;
        rebuild(first.shift, Integer.numberOfTrailingZeros(first.slots()), (dueNanos, itsKey, carried) -> {
            if (filter.goes(source(itsKey), (int) itsKey, carried)) {
                size--;
            } else {
                put(dueNanos, itsKey, carried);
            }
        });
        return before - size;
    }

    /** Nothing is to happen any more; what was taken last stays. */
    public void clear() {
        run = new Run();
        late = new LateEntries();
        pool = new EntryPool();
        size = 0;
        cancelled = 0;
        build(FIRST_SHIFT, LEAST_SLOTS_BITS + 2);
    }

    /** Pours everything into new wheels, but for what is cancelled. */
    private void rebuild(int shift, int slotsBits) {
        rebuild(shift, slotsBits, this::putUnlessCancelled);
    }

    private void rebuild(int shift, int slotsBits, Wheel.Taker taker) {
        Wheel[] before = wheels;
        long beforeNanos = first.startOf(cursor);
        build(shift, slotsBits);
        pourAll(before, beforeNanos, taker);
    }

    /** @param fromNanos before which there is nothing */
    private static void pourAll(Wheel[] before, long fromNanos, Wheel.Taker taker) {
        for (Wheel wheel : before) {
            long from = wheel.slotOf(fromNanos);
            long end = from + wheel.slots();
            while (!wheel.isEmpty()) {
                from = wheel.firstUsed(from, end);
                wheel.empty(from, taker);
            }
        }
    }

    private void putUnlessCancelled(long dueNanos, long itsKey, @Nullable Object carried) {
        if (carried instanceof Cancellable entry && entry.isCancelled()) {
            size--;
            cancelled--;
        } else {
            put(dueNanos, itsKey, carried);
        }
    }
}
