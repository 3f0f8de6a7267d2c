package dev.foresail.predictor.explore;

import java.util.Arrays;
import java.util.Optional;

/**
 * A worker's last part of a round: writes the rows of new worlds and asks the properties of them. Used by one thread at a
 * time.
 */
final class Settler {
    private static final long NONE = Long.MAX_VALUE;

    private final WorldSpace space;
    private final boolean wide;
    private final Optional<RowNotes> notes;
    private final boolean hasTogether;
    private final VerdictMemo together;
    private final Untold untold = new Untold();
    private final Cell[][] tables;
    private final long[] firstViolating;
    private long newViolations;

    /** @param notes of the rows, where they have them */
    Settler(WorldSpace space, boolean wide, Optional<RowNotes> notes) {
        this.space = space;
        this.wide = wide;
        this.notes = notes;
        this.hasTogether = space.questions().hasTogether();
        this.together = new VerdictMemo(space, view -> space.questions().violatedTogether(view, untold), wide);
        this.tables = new Cell[space.nodes()][0];
        this.firstViolating = new long[space.questions().names().size()];
        Arrays.fill(firstViolating, NONE);
    }

    /** The number of the first world that violates the property; {@link #isNone} when there is none. */
    long firstViolating(int property) {
        return firstViolating[property];
    }

    static boolean isNone(long world) {
        return world == NONE;
    }

    /** Settles an initial world. */
    void settleInitial(int[] rows, int base, long world) {
        notes.ifPresent(noted -> note(rows, base, noted));
        long violated = space.violatedAlone(rows, base);
        if (hasTogether) {
            violated |= together.answer(rows, base);
        }
        note(violated, world);
    }

    /**
     * Settles a world.
     *
     * @param from the row that it comes from
     * @param step the slot and the move
     * @param to where its row is written
     * @param world its number
     */
    void settle(int[] from, int fromBase, int step, int[] to, int toBase, long world) {
        int slot = Ancestry.slot(step);
        Cell source = cell(slot, from[fromBase + slot]);
        Move move = source.moves()[Ancestry.move(step)];
        if (notes.isEmpty()) {
            space.apply(from, fromBase, slot, move, to, toBase);
        } else if (move.incremental) {
            write(from, fromBase, slot, move, to, toBase);
        } else {
            space.apply(from, fromBase, slot, move, to, toBase);
            note(to, toBase, notes.get());
        }
        // Of single nodes only the one that has moved can have come to violate something.
        long violated = move.target.local.violated | space.violatedByHistory(to, toBase);
        boolean changed = move.target.seenShare != source.seenShare
                || wide && move.target.local.seenSecondShare != source.local.seenSecondShare;
        if (hasTogether && changed && (together.dependsOn(slot) || move.target.local.up != source.local.up)) {
            violated |= together.answer(to, toBase);
        }
        if (violated != 0) {
            note(violated, world);
        }
    }

    /** Writes a row with its notes from what is known of the row before. */
    private void write(int[] from, int fromBase, int slot, Move move, int[] to, int toBase) {
        RowNotes noted = notes.orElseThrow();
        Cell source = cell(slot, from[fromBase + slot]);
        System.arraycopy(from, fromBase, to, toBase, noted.end());
        long fingerprint = noted.fingerprint(from, fromBase) + move.delta;
        long second = wide ? noted.secondFingerprint(from, fromBase) + move.secondDelta : 0;
        int possible = noted.possible(from, fromBase) + move.target.alwaysPossible() - source.alwaysPossible();
        boolean known = move.target.alwaysPossible() >= 0;
        to[toBase + slot] = move.target.id;
        for (Effect effect : move.effects) {
            int place = toBase + effect.receiver();
            Cell before = cell(effect.receiver(), to[place]);
            Cell after = space.cells(effect.receiver()).after(before, effect);
            to[place] = after.id;
            fingerprint += after.share - before.share;
            second += after.secondShare - before.secondShare;
            possible += after.alwaysPossible() - before.alwaysPossible();
            known &= after.alwaysPossible() >= 0;
        }
        noted.fingerprint(to, toBase, fingerprint);
        if (wide) {
            noted.secondFingerprint(to, toBase, second);
        }
        noted.possible(to, toBase, known ? possible : RowNotes.UNKNOWN);
        noted.sleepSet(to, toBase, SleepSet.after(slot, move));
    }

    /** Writes the notes of a row from the row itself. */
    private void note(int[] rows, int base, RowNotes noted) {
        noted.fingerprint(rows, base, space.fingerprint(rows, base));
        if (wide) {
            noted.secondFingerprint(rows, base, space.secondFingerprint(rows, base));
        }
        noted.possible(rows, base, RowNotes.UNKNOWN);
        noted.sleepSet(rows, base, SleepSet.NONE);
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

    /** The properties of which nothing can be said in some world, a bit each. */
    long untold() {
        return untold.bits();
    }

    /** The slots that were read to answer anything so far, a bit each. */
    long everRead() {
        return together.everRead();
    }

    /** Other settlers have read these for worlds whose successors this one may settle. */
    void othersRead(long read) {
        together.othersRead(read);
    }

    private void note(long violated, long world) {
        for (long rest = violated; rest != 0; rest &= rest - 1) {
            int property = Long.numberOfTrailingZeros(rest);
            if (firstViolating[property] == NONE) {
                newViolations++;
            }
            firstViolating[property] = Math.min(firstViolating[property], world);
        }
    }

    /** How many properties it has seen violated. */
    long violations() {
        return newViolations;
    }
}
