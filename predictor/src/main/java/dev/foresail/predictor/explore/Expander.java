package dev.foresail.predictor.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A worker's first part of a round: takes every move of every world in a range, and keeps the successors that it has not
 * seen lately. Used by one thread at a time.
 *
 * <p>Most successors are reached from several worlds that stand near each other. A table of the last fingerprints, one per
 * place, drops those at the cost of one look into the cache. It never drops the first of its kind, since it only knows
 * what this worker has met before, and ranges are in the order of worlds: so what is found does not depend on it.
 */
final class Expander {
    private static final int FILTER_SIZE = 1 << 14;

    private final WorldSpace space;
    private final boolean wide;
    private final boolean pruned;
    private final Optional<RowNotes> notes;
    private final boolean simple;
    private final long[] filter;
    private final long[] secondFilter;
    private final Candidates candidates;
    private final MoveTable[][] tables;
    private final MoveTable[][] externalTables;
    private final long[] wakeful;
    private final long allSlots;
    private final int[] scratch;
    private final List<Thrown> thrown = new ArrayList<>();
    private long transitions;
    private long firstOfRound;

    /**
     * @param pruned whether internal moves are taken only where the masks say so
     * @param notes of the rows, where they have them
     * @param filtered whether successors that were seen lately are dropped
     */
    Expander(WorldSpace space, boolean wide, boolean pruned, Optional<RowNotes> notes, boolean filtered) {
        this.space = space;
        this.wide = wide;
        this.pruned = pruned;
        this.notes = notes;
        this.simple = space.hasPlainMoves();
        this.filter = new long[filtered ? FILTER_SIZE : 0];
        this.secondFilter = new long[filtered && wide ? FILTER_SIZE : 0];
        this.candidates = new Candidates(wide);
        this.tables = new MoveTable[space.nodes()][0];
        this.externalTables = new MoveTable[space.nodes()][0];
        this.wakeful = new long[space.nodes()];
        this.allSlots = -1L >>> Long.SIZE - space.nodes();
        this.scratch = new int[space.width()];
    }

    /** A handler threw in the world with that number, counted within the level. */
    record Thrown(long world, int slot, Move move) {}

    Candidates candidates() {
        return candidates;
    }

    List<Thrown> thrown() {
        return thrown;
    }

    /** The enabled moves so far. */
    long transitions() {
        return transitions;
    }

    /**
     * Expands the worlds from {@code first} to before {@code end} of a level.
     *
     * @param roundStart the first world of the round
     * @param masks per world of the round, a bit for each slot whose internal moves are taken; read only when pruning
     */
    void expand(Rows level, long first, long end, long roundStart, long[] masks) {
        candidates.clear();
        firstOfRound = roundStart;
        Arrays.setAll(wakeful, this::wakefulAfter);
        long taken = 0;
        for (long world = first; world < end; world++) {
            int[] rows = level.chunk(world);
            int base = level.base(world);
            int parent = (int) (world - roundStart);
            if (notes.isPresent()) {
                taken += expandNoted(notes.get(), rows, base, parent);
            } else {
                taken += expandWhole(pruned ? masks[parent] : -1L, rows, base, parent);
            }
        }
        transitions += taken;
    }

    /** The slots at which a move may have to be taken, although they sleep, after a move at that slot. */
    private long wakefulAfter(int last) {
        long slots = 0;
        for (int slot = 0; slot < tables.length; slot++) {
            slots |= (space.cells(slot).restless() >>> last & 1) << slot;
        }
        return slots;
    }

    private int expandNoted(RowNotes noted, int[] rows, int base, int parent) {
        long fingerprint = noted.fingerprint(rows, base);
        long second = wide ? noted.secondFingerprint(rows, base) : 0;
        long set = noted.sleepSet(rows, base);
        int last = SleepSet.last(set);
        long sleeping = SleepSet.sleeping(set);
        int taken = noted.possible(rows, base);
        if (taken == RowNotes.UNKNOWN) {
            taken = countPossible(rows, base);
            noted.possible(rows, base, taken);
        }
        long visited = set == SleepSet.NONE ? allSlots : allSlots & (~sleeping | wakeful[last]);
        for (long rest = visited; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            MoveTable table = table(slot, rows[base + slot]);
            if ((sleeping >>> slot & 1) == 0) {
                addPlain(table.plain, fingerprint, second, parent);
                for (MoveTable.Step step : table.sending) {
                    addSending(step, fingerprint, second, rows, base, parent);
                }
            } else if (!table.allSleep(last)) {
                for (MoveTable.Step step : table.sending) {
                    if (!SleepSet.sleeps(step.move(), last)) {
                        addSending(step, fingerprint, second, rows, base, parent);
                    }
                }
            }
            taken += takeConditional(slot, table.conditional, rows, base, parent);
        }
        return taken;
    }

    private int countPossible(int[] rows, int base) {
        int count = 0;
        for (int slot = 0; slot < tables.length; slot++) {
            count += table(slot, rows[base + slot]).always;
        }
        return count;
    }

    /** @param mask the slots whose internal moves are taken too */
    private int expandWhole(long mask, int[] rows, int base, int parent) {
        long fingerprint = space.sharedFingerprint(rows, base);
        long second = wide ? space.sharedSecondFingerprint(rows, base) : 0;
        for (int slot = 0; slot < tables.length; slot++) {
            MoveTable table = table(slot, rows[base + slot]);
            fingerprint += table.share;
            second += table.secondShare;
        }
        int taken = 0;
        for (int slot = 0; slot < tables.length; slot++) {
            int id = rows[base + slot];
            MoveTable table = (mask >>> slot & 1) != 0 ? table(slot, id) : externalTable(slot, id);
            taken += table.always;
            addPlain(table.plain, fingerprint, second, parent);
            for (MoveTable.Step step : table.sending) {
                addSending(step, fingerprint, second, rows, base, parent);
            }
            taken += takeConditional(slot, table.conditional, rows, base, parent);
        }
        return taken;
    }

    private MoveTable table(int slot, int id) {
        MoveTable[] known = tables[slot];
        MoveTable table = id < known.length ? known[id] : null;
        return table == null ? newTable(tables, slot, id, move -> true) : table;
    }

    private MoveTable externalTable(int slot, int id) {
        MoveTable[] known = externalTables[slot];
        MoveTable table = id < known.length ? known[id] : null;
        return table == null ? newTable(externalTables, slot, id, move -> !move.internal) : table;
    }

    private MoveTable newTable(MoveTable[][] in, int slot, int id, Predicate<Move> taken) {
        if (id >= in[slot].length) {
            in[slot] = Arrays.copyOf(in[slot], Math.max(id + 1, in[slot].length * 2));
        }
        Cell cell = space.cell(slot, id);
        MoveTable table = new MoveTable(space.cells(slot), cell, space.moves(cell), taken, simple, wide);
        in[slot][id] = table;
        return table;
    }

    private void addPlain(long[] plain, long fingerprint, long second, int parent) {
        int stride = wide ? 3 : 2;
        for (int place = 0; place < plain.length; place += stride) {
            keep(fingerprint + plain[place], wide ? second + plain[place + 2] : 0, (int) plain[place + 1], parent);
        }
    }

    private void addSending(MoveTable.Step step, long fingerprint, long second, int[] rows, int base, int parent) {
        Move move = step.move();
        long next = fingerprint + move.delta;
        long secondNext = second + move.secondDelta;
        for (Effect effect : move.effects) {
            MoveTable receiver = table(effect.receiver(), rows[base + effect.receiver()]);
            next += receiver.added(effect);
            if (wide) {
                secondNext += receiver.secondAdded(effect);
            }
        }
        keep(next, secondNext, step.step(), parent);
    }

    /** How many of them are possible. */
    private int takeConditional(int slot, MoveTable.Step[] steps, int[] rows, int base, int parent) {
        int taken = 0;
        for (MoveTable.Step step : steps) {
            if (take(slot, step, rows, base, parent)) {
                taken++;
            }
        }
        return taken;
    }

    /** Whether the move is possible. */
    private boolean take(int slot, MoveTable.Step step, int[] rows, int base, int parent) {
        Move move = step.move();
        if (move.threw) {
            boolean possible = space.allows(rows, base, slot, move);
            if (possible) {
                thrown.add(new Thrown(firstOfRound + parent, slot, move));
            }
            return possible;
        }
        boolean possible = space.apply(rows, base, slot, move, scratch, 0);
        if (possible) {
            long second = wide ? space.secondFingerprint(scratch, 0) : 0;
            keep(space.fingerprint(scratch, 0), second, step.step(), parent);
        }
        return possible;
    }

    private void keep(long next, long secondNext, int step, int parent) {
        if (!wasSeenLately(next, secondNext)) {
            candidates.add(next, secondNext, parent, step);
        }
    }

    private boolean wasSeenLately(long fingerprint, long second) {
        if (filter.length == 0) {
            return false;
        }
        int place = (int) (fingerprint >>> 20) & FILTER_SIZE - 1;
        if (filter[place] == fingerprint && (!wide || secondFilter[place] == second)) {
            return true;
        }
        filter[place] = fingerprint;
        if (wide) {
            secondFilter[place] = second;
        }
        return false;
    }
}
