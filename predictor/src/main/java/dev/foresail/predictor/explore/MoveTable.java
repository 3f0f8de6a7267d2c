package dev.foresail.predictor.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The moves of one cell, laid out for the loop that takes them, and what effects change in the cell's share of
 * fingerprints. One worker's own: not thread-safe.
 *
 * <p>A search takes each cell's moves thousands of times, and most of them do no more than add a number to a fingerprint.
 * So these numbers stand beside each other, and those of moves that change nothing are left out but for being counted.
 */
final class MoveTable {
    private static final int FIRST_AFTERS = 4;

    final long share;
    final long secondShare;
    /** How many of its moves are always possible. */
    final int always;
    /**
     * Of each move that is always possible, changes this node only, and does change it: what it adds to the fingerprint and
     * its step, with wide fingerprints what it adds to the second.
     */
    final long[] plain;
    /** The moves that are always possible and have effects at other nodes. */
    final Step[] sending;
    /** The moves of which the world decides whether they are possible, and those whose handler throws. */
    final Step[] conditional;

    private final Cells cells;
    private final Cell cell;
    private final boolean wide;
    private final long restless;
    // Open addressing: an effect's number plus one, and what it adds to the share.
    private long[] afters = new long[2 * FIRST_AFTERS];
    private long[] secondAfters;
    private int afterCount;

    /** @param step as {@link Ancestry} packs them */
    record Step(Move move, int step) {}

    /**
     * @param moves of the cell, all of them
     * @param taken those that are in the table
     * @param simple whether moves without effects can be taken by changing one number of a row
     */
    MoveTable(Cells cells, Cell cell, Move[] moves, Predicate<Move> taken, boolean simple, boolean wide) {
        this.cells = cells;
        this.cell = cell;
        this.wide = wide;
        this.share = cell.share;
        this.secondShare = cell.secondShare;
        this.secondAfters = new long[wide ? FIRST_AFTERS : 0];
        int stride = wide ? 3 : 2;
        long[] words = new long[stride * moves.length];
        int filled = 0;
        int count = 0;
        List<Step> send = new ArrayList<>();
        List<Step> depend = new ArrayList<>();
        for (int index = 0; index < moves.length; index++) {
            Move move = moves[index];
            int step = Ancestry.step(cell.slot, index);
            if (!taken.test(move)) {
                continue;
            }
            if (!simple || !move.incremental) {
                depend.add(new Step(move, step));
                continue;
            }
            count++;
            if (move.effects.length > 0) {
                send.add(new Step(move, step));
            } else if (move.target != cell) {
                words[filled] = move.delta;
                words[filled + 1] = step;
                if (wide) {
                    words[filled + 2] = move.secondDelta;
                }
                filled += stride;
            }
        }
        this.always = count;
        this.plain = Arrays.copyOf(words, filled);
        this.sending = send.toArray(NO_STEPS);
        this.conditional = depend.toArray(NO_STEPS);
        this.restless = SleepSet.restless(moves);
    }

    private static final Step[] NO_STEPS = {};

    /** Whether all of its moves sleep in a world in which its slot does, reached by a move at {@code last}. */
    boolean allSleep(int last) {
        return (restless >>> last & 1) == 0;
    }

    /** What the effect adds to the share of this cell. */
    long added(Effect effect) {
        // First the place: finding it may exchange the array.
        int place = place(effect);
        return afters[place + 1];
    }

    /** The same for the second 64 bits. */
    long secondAdded(Effect effect) {
        int place = place(effect);
        return secondAfters[place >> 1];
    }

    private int place(Effect effect) {
        long key = effect.id() + 1L;
        int mask = afters.length - 1;
        int place = (int) key << 1 & mask;
        for (long there = afters[place]; there != key; there = afters[place]) {
            if (there == 0) {
                return add(effect);
            }
            place = place + 2 & mask;
        }
        return place;
    }

    private int add(Effect effect) {
        Cell after = cells.after(cell, effect);
        if (++afterCount * 4 > afters.length) {
            grow();
        }
        int place = free(effect.id() + 1L);
        afters[place] = effect.id() + 1L;
        afters[place + 1] = after.share - share;
        if (wide) {
            secondAfters[place >> 1] = after.secondShare - secondShare;
        }
        return place;
    }

    private void grow() {
        long[] old = afters;
        long[] oldSecond = secondAfters;
        afters = new long[old.length * 2];
        secondAfters = new long[oldSecond.length * 2];
        for (int from = 0; from < old.length; from += 2) {
            if (old[from] != 0) {
                int place = free(old[from]);
                afters[place] = old[from];
                afters[place + 1] = old[from + 1];
                if (wide) {
                    secondAfters[place >> 1] = oldSecond[from >> 1];
                }
            }
        }
    }

    private int free(long key) {
        int mask = afters.length - 1;
        int place = (int) key << 1 & mask;
        while (afters[place] != 0) {
            place = place + 2 & mask;
        }
        return place;
    }
}
