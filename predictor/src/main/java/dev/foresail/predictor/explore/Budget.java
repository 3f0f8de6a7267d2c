package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Failures;
import java.util.Optional;

/**
 * The failures that are left in a world. Interned, thread-safe: what follows is computed under the lock of
 * {@link Budgets} and read without one.
 */
final class Budget {
    final int id;
    /** By {@link Failures.Kind}. */
    private final int[] left;

    final Content content;

    Budget(int id, int[] left, Content content) {
        this.id = id;
        this.left = left;
        this.content = content;
    }

    int[] left() {
        return left.clone();
    }

    /** What is left after a move of that kind; empty when there is not enough. */
    static Optional<int[]> after(int[] left, Move.Kind kind) {
        int[] rest = left.clone();
        boolean enough = switch (kind) {
            case CRASH -> take(rest, Failures.Kind.CRASH) && take(rest, Failures.Kind.DOWN);
            case SILENT_RESET -> take(rest, Failures.Kind.SILENT_RESET);
            case LOSS -> take(rest, Failures.Kind.LOSS);
            case BREAK -> take(rest, Failures.Kind.BREAK);
            case RESTART -> give(rest, Failures.Kind.DOWN);
            case DELIVERY, CONNECTION_ERROR, TIMER, CALL, START -> true;
        };
        return enough ? Optional.of(rest) : Optional.empty();
    }

    private static boolean take(int[] left, Failures.Kind kind) {
        int place = kind.ordinal();
        if (left[place] == 0) {
            return false;
        }
        if (left[place] != Failures.UNLIMITED) {
            left[place]--;
        }
        return true;
    }

    private static boolean give(int[] left, Failures.Kind kind) {
        int place = kind.ordinal();
        if (left[place] != Failures.UNLIMITED) {
            left[place]++;
        }
        return true;
    }

    static Content content(int[] left) {
        StateWriter writer = new StateWriter();
        for (int each : left) {
            writer.writeInt(each);
        }
        return Content.of(writer);
    }
}
