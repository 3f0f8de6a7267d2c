package dev.foresail.steering.transport;

import java.util.BitSet;

/** Which numbers have come, of the last {@value #SIZE} up to the greatest: none is taken twice, nor one that is older. Not thread-safe. */
final class ReplayWindow {
    static final int SIZE = 1 << 10;

    private final BitSet seen = new BitSet(SIZE);
    private long greatest;

    /** Whether the number, at least 1, has not come yet; then it has. */
    boolean take(long number) {
        if (number <= greatest - SIZE) {
            return false;
        }
        if (number > greatest) {
            forget(number);
            greatest = number;
        } else if (seen.get(place(number))) {
            return false;
        }
        seen.set(place(number));
        return true;
    }

    /** What lies between the greatest so far and the new one has not come. */
    private void forget(long number) {
        if (number - greatest >= SIZE) {
            seen.clear();
            return;
        }
        for (long between = greatest + 1; between <= number; between++) {
            seen.clear(place(between));
        }
    }

    private static int place(long number) {
        return (int) (number & (SIZE - 1));
    }
}
