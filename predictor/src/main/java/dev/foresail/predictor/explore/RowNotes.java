package dev.foresail.predictor.explore;

/**
 * What stands in the row of a world that waits to be expanded, after its numbers, so that expanding need not look at every
 * cell: the fingerprint, how many moves are always possible, the {@link SleepSet}. Only for worlds whose moves change
 * nothing but cells ({@link WorldSpace#hasPlainMoves}). Immutable.
 */
final class RowNotes {
    /** The number of possible moves of a world with a cell whose moves have not been computed. */
    static final int UNKNOWN = -1;

    private final int fingerprint;
    private final int second;
    private final int possible;
    private final int sleep;
    private final int end;

    private final boolean isSleepShort;

    RowNotes(WorldSpace space, boolean wide) {
        this.fingerprint = space.width();
        this.second = fingerprint + 2;
        this.possible = wide ? second + 2 : second;
        this.sleep = possible + 1;
        this.isSleepShort = space.nodes() <= Integer.SIZE;
        this.end = isSleepShort ? sleep + 1 : sleep + 2;
    }

    /** How many numbers a row with notes has. */
    int end() {
        return end;
    }

    long fingerprint(int[] rows, int base) {
        return read(rows, base + fingerprint);
    }

    /** Only where fingerprints are wide. */
    long secondFingerprint(int[] rows, int base) {
        return read(rows, base + second);
    }

    int possible(int[] rows, int base) {
        return rows[base + possible];
    }

    long sleepSet(int[] rows, int base) {
        return isSleepShort ? rows[base + sleep] & 0xFFFFFFFFL : read(rows, base + sleep);
    }

    void fingerprint(int[] rows, int base, long value) {
        write(rows, base + fingerprint, value);
    }

    void secondFingerprint(int[] rows, int base, long value) {
        write(rows, base + second, value);
    }

    void possible(int[] rows, int base, int value) {
        rows[base + possible] = value;
    }

    void sleepSet(int[] rows, int base, long value) {
        rows[base + sleep] = (int) value;
        if (!isSleepShort) {
            rows[base + sleep + 1] = (int) (value >>> Integer.SIZE);
        }
    }

    private static long read(int[] rows, int place) {
        return rows[place] & 0xFFFFFFFFL | (long) rows[place + 1] << Integer.SIZE;
    }

    private static void write(int[] rows, int place, long value) {
        rows[place] = (int) value;
        rows[place + 1] = (int) (value >>> Integer.SIZE);
    }
}
