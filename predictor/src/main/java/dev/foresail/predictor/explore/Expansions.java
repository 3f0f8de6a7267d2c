package dev.foresail.predictor.explore;

import java.util.Arrays;

/**
 * The pruning rule of consequence prediction (CrystalBall, NSDI'09): of each local state of a node, internal actions are
 * taken only the first few times that it is met, whatever the rest of the world is. Counts in the order of the worlds.
 * Not thread-safe.
 *
 * <p>It keeps chains of consequences (an internal action, the messages that it causes, theirs) and drops most ways in which
 * independent chains mix. The price: a violation that needs two chains begun after the snapshot is missed, unless the
 * second chance of a larger number of expansions finds it.
 */
final class Expansions {
    private final WorldSpace space;
    private final int most;
    private final int[][] counts;
    private long[] masks = new long[0];

    Expansions(WorldSpace space, int most) {
        this.space = space;
        this.most = most;
        this.counts = new int[space.nodes()][64];
    }

    /** For each world of the round a bit per slot whose internal moves are taken. */
    long[] masks(Rows level, long first, long end) {
        int count = (int) (end - first);
        if (masks.length < count) {
            masks = new long[count];
        }
        for (int index = 0; index < count; index++) {
            masks[index] = mask(level.chunk(first + index), level.base(first + index));
        }
        return masks;
    }

    private long mask(int[] rows, int base) {
        long mask = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            int local = space.cell(slot, rows[base + slot]).local.id;
            if (local >= counts[slot].length) {
                counts[slot] = Arrays.copyOf(counts[slot], Math.max(local + 1, counts[slot].length * 2));
            }
            if (counts[slot][local] < most) {
                counts[slot][local]++;
                mask |= 1L << slot;
            }
        }
        return mask;
    }
}
