package dev.foresail.predictor.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * A worker's first half of a round: takes every move of every world in a range, and keeps the successors that it has not
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
    private final boolean simple;
    private final long[] filter;
    private final long[] secondFilter;
    private final Candidates candidates;
    private final Cell[][] tables;
    private final Cell[] current;
    private final int[] scratch;
    private final List<Thrown> thrown = new ArrayList<>();
    private long transitions;
    // The world that is being expanded.
    private long number;
    private int[] rows = new int[0];
    private int base;
    private int parent;

    /**
     * @param pruned whether internal moves are taken only where the masks say so
     * @param filtered whether successors that were seen lately are dropped
     */
    Expander(WorldSpace space, boolean wide, boolean pruned, boolean filtered) {
        this.space = space;
        this.wide = wide;
        this.pruned = pruned;
        this.simple = space.hasPlainMoves();
        this.filter = new long[filtered ? FILTER_SIZE : 0];
        this.secondFilter = new long[filtered && wide ? FILTER_SIZE : 0];
        this.candidates = new Candidates(wide);
        this.tables = new Cell[space.nodes()][0];
        this.current = new Cell[space.nodes()];
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
        long taken = 0;
        for (long world = first; world < end; world++) {
            number = world;
            rows = level.chunk(world);
            base = level.base(world);
            parent = (int) (world - roundStart);
            long fingerprint = space.sharedFingerprint(rows, base);
            long second = wide ? space.sharedSecondFingerprint(rows, base) : 0;
            for (int slot = 0; slot < current.length; slot++) {
                Cell cell = cell(slot, rows[base + slot]);
                current[slot] = cell;
                fingerprint += cell.share;
                second += cell.secondShare;
            }
            for (int slot = 0; slot < current.length; slot++) {
                boolean internals = !pruned || (masks[parent] >>> slot & 1) != 0;
                taken += expand(slot, internals, fingerprint, second);
            }
        }
        transitions += taken;
    }

    /** As {@link WorldSpace#cell}, from this worker's own copy of the table. */
    private Cell cell(int slot, int id) {
        Cell[] table = tables[slot];
        if (id >= table.length || table[id] == null) {
            table = space.cells(slot).byId();
            tables[slot] = table;
        }
        return table[id];
    }

    private int expand(int slot, boolean internals, long fingerprint, long second) {
        Move[] known = current[slot].moves();
        Move[] moves = Cell.isUnknown(known) ? space.moves(current[slot]) : known;
        int taken = 0;
        for (int index = 0; index < moves.length; index++) {
            Move move = moves[index];
            if (move.internal && !internals) {
                continue;
            }
            if (simple && move.incremental) {
                Effect[] effects = move.effects;
                long next = fingerprint + move.delta + (effects.length == 0 ? 0 : added(effects));
                long secondNext = wide ? second + move.secondDelta + secondAdded(effects) : 0;
                keep(next, secondNext, Ancestry.step(slot, index));
                taken++;
            } else if (take(slot, index, move)) {
                taken++;
            }
        }
        return taken;
    }

    /** What effects add to the fingerprint of the world. */
    private long added(Effect[] effects) {
        long added = 0;
        for (Effect effect : effects) {
            Cell before = current[effect.receiver()];
            added += after(before, effect).share - before.share;
        }
        return added;
    }

    private long secondAdded(Effect[] effects) {
        long added = 0;
        for (Effect effect : effects) {
            Cell before = current[effect.receiver()];
            added += after(before, effect).secondShare - before.secondShare;
        }
        return added;
    }

    private Cell after(Cell before, Effect effect) {
        Cell known = before.knownAfter(effect);
        return known != null ? known : space.cells(effect.receiver()).after(before, effect);
    }

    /** Whether the move is possible. */
    private boolean take(int slot, int index, Move move) {
        if (move.threw) {
            boolean possible = space.allows(rows, base, slot, move);
            if (possible) {
                thrown.add(new Thrown(number, slot, move));
            }
            return possible;
        }
        boolean possible = space.apply(rows, base, slot, move, scratch, 0);
        if (possible) {
            long second = wide ? space.secondFingerprint(scratch, 0) : 0;
            keep(space.fingerprint(scratch, 0), second, Ancestry.step(slot, index));
        }
        return possible;
    }

    private void keep(long next, long secondNext, int step) {
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
