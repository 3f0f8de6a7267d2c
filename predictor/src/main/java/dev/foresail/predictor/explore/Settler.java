package dev.foresail.predictor.explore;

import java.util.Arrays;

/**
 * A worker's last part of a round: writes the rows of new worlds and asks the properties of them. Used by one thread at a
 * time.
 */
final class Settler {
    private static final long NONE = Long.MAX_VALUE;

    private final WorldSpace space;
    private final boolean hasTogether;
    private final VerdictMemo together;
    private final long[] firstViolating;
    private long newViolations;

    Settler(WorldSpace space) {
        this.space = space;
        this.hasTogether = space.questions().hasTogether();
        this.together = new VerdictMemo(space, space.questions()::violatedTogether);
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
        Cell source = space.cell(slot, from[fromBase + slot]);
        Move move = source.moves()[Ancestry.move(step)];
        space.apply(from, fromBase, slot, move, to, toBase);
        // Of single nodes only the one that has moved can have come to violate something.
        long violated = move.target.local.violated | space.violatedByHistory(to, toBase);
        boolean changed = move.target.seenShare != source.seenShare;
        if (hasTogether && changed && (together.dependsOn(slot) || move.target.local.up != source.local.up)) {
            violated |= together.answer(to, toBase);
        }
        if (violated != 0) {
            note(violated, world);
        }
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
