package dev.foresail.predictor.explore;

import dev.foresail.network.random.Hashing;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node's part of a world: its local state and what is pending at it. Interned per node.
 *
 * <p>Thread-safe: moves and the results of effects are added under the lock of the node's {@link Cells}, and read without
 * one. What is read that way is either complete (all its fields are final) or not there yet. The fields of a cell that are
 * not final have their first values before a cell can be found anywhere: what leads to it without a lock has final fields.
 */
final class Cell {
    final int id;
    final int slot;
    final LocalState local;
    final Pending pending;
    /** Its shares of the first and second 64 bits of a world's fingerprint. */
    final long share;

    final long secondShare;
    /** The share of {@link #local} in what properties see that read its state. */
    final long seenShare;
    /** Its share in what properties see that do not. */
    final long unreadShare;

    private volatile Move[] moves;
    private int alwaysPossible = -1;
    private volatile After[] afters = new After[2];
    private int afterCount;

    Cell(int id, int slot, LocalState local, Pending pending, Content content) {
        this.id = id;
        this.slot = slot;
        this.local = local;
        this.pending = pending;
        this.share = content.firstShare(slot);
        this.secondShare = content.secondShare(slot);
        this.seenShare = local.seenShare;
        this.unreadShare = local.up ? 0 : Hashing.mix(slot + 1L);
        this.moves = UNKNOWN;
    }

    /** The second 64 bits of {@link #unreadShare}. */
    long unreadSecondShare() {
        return local.up ? 0 : Hashing.mix(~(slot + 1L));
    }

    private static final Move[] UNKNOWN = new Move[0];

    /** The cell after an effect. */
    private record After(Effect effect, Cell cell) {}

    /** The moves, or an array for which {@link #isUnknown} when they have not been computed. */
    Move[] moves() {
        return moves;
    }

    static boolean isUnknown(Move[] some) {
        return some == UNKNOWN;
    }

    /** How many of its moves are always possible; negative where they are not known. */
    int alwaysPossible() {
        return alwaysPossible;
    }

    void moves(Move[] computed) {
        int always = 0;
        for (Move move : computed) {
            always += move.incremental ? 1 : 0;
        }
        alwaysPossible = always;
        moves = computed.length == 0 ? NONE : computed;
    }

    private static final Move[] NONE = {};

    /** The cell after {@code effect}; null when that is not known yet. */
    @Nullable
    Cell knownAfter(Effect effect) {
        After[] table = afters;
        int mask = table.length - 1;
        for (int place = effect.id() & mask; ; place = place + 1 & mask) {
            After after = table[place];
            if (after == null) {
                return null;
            }
            if (after.effect.id() == effect.id()) {
                return after.cell;
            }
        }
    }

    void after(Effect effect, Cell cell) {
        After[] table = afters;
        if (afterCount * 2 >= table.length) {
            After[] larger = new After[table.length * 2];
            Arrays.stream(table).filter(Objects::nonNull).forEach(after -> put(larger, after));
            table = larger;
        }
        put(table, new After(effect, cell));
        afterCount++;
        afters = table;
    }

    private static void put(After[] table, After after) {
        int mask = table.length - 1;
        int place = after.effect.id() & mask;
        while (table[place] != null) {
            place = place + 1 & mask;
        }
        table[place] = after;
    }
}
