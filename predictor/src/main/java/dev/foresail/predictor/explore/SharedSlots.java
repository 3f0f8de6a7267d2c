package dev.foresail.predictor.explore;

import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.InitialWorld;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The numbers of a row that are of no single node, each only where the model needs it: the failures left, the history, the
 * timing. Thread-safe.
 */
final class SharedSlots {
    private final Failures failures;
    private final Budgets budgets = new Budgets();
    private final Optional<Histories> histories;
    private final Optional<Timings> timings;
    private final int budgetSlot;
    private final int historySlot;
    private final int timingSlot;
    private final int end;

    /** @param first the place in a row of the first of them */
    SharedSlots(int first, Failures failures, Optional<Histories> histories, Optional<Timings> timings) {
        this.failures = failures;
        this.histories = histories;
        this.timings = timings;
        int next = first;
        this.budgetSlot = isLimited(failures) ? next++ : -1;
        this.historySlot = histories.isPresent() ? next++ : -1;
        this.timingSlot = timings.isPresent() ? next++ : -1;
        this.end = next;
    }

    private static boolean isLimited(Failures failures) {
        return Arrays.stream(Failures.Kind.values())
                .mapToInt(failures::budget)
                .anyMatch(budget -> budget != 0 && budget != Failures.UNLIMITED);
    }

    /** How many numbers a row has. */
    int end() {
        return end;
    }

    /** Whether plain moves change none of them. */
    boolean areLeftByPlainMoves() {
        return historySlot < 0 && timingSlot < 0;
    }

    boolean hasTiming() {
        return timingSlot >= 0;
    }

    /** Writes those of a world as it is before its starts and calls. */
    void begin(int[] row, InitialWorld<Object> world) {
        if (budgetSlot >= 0) {
            row[budgetSlot] = budgets.initial(failures).id();
        }
        histories.ifPresent(some -> row[historySlot] = some.initial().id());
        timings.ifPresent(some -> row[timingSlot] = some.initial(world).id());
    }

    /** The same row for worlds that differ in nothing but time. */
    int[] withoutTiming(int[] row) {
        int[] plain = row.clone();
        timings.ifPresent(some -> plain[timingSlot] = some.empty().id());
        return plain;
    }

    long fingerprint(int[] rows, int base) {
        long sum = 0;
        if (budgetSlot >= 0) {
            sum += budgets.get(rows[base + budgetSlot]).content().firstShare(budgetSlot);
        }
        if (historySlot >= 0) {
            sum += history(rows, base).content().firstShare(historySlot);
        }
        if (timingSlot >= 0) {
            sum += timing(rows, base).content().firstShare(timingSlot);
        }
        return sum;
    }

    long secondFingerprint(int[] rows, int base) {
        long sum = 0;
        if (budgetSlot >= 0) {
            sum += budgets.get(rows[base + budgetSlot]).content().secondShare(budgetSlot);
        }
        if (historySlot >= 0) {
            sum += history(rows, base).content().secondShare(historySlot);
        }
        if (timingSlot >= 0) {
            sum += timing(rows, base).content().secondShare(timingSlot);
        }
        return sum;
    }

    private Remembered history(int[] rows, int base) {
        return histories.orElseThrow().get(rows[base + historySlot]);
    }

    /** Only of rows with timing. */
    Timing timing(int[] rows, int base) {
        return timings.orElseThrow().get(rows[base + timingSlot]);
    }

    /** Whether the failures left and the bounds on time let {@code move} at {@code slot} be the next event. */
    boolean allow(int[] rows, int base, int slot, Move move) {
        boolean enough = budgetSlot < 0
                || !move.kind.isFailure()
                || budgets.after(budgets.get(rows[base + budgetSlot]), move.kind)
                        .isPresent();
        return enough && (timingSlot < 0 || timings.orElseThrow().isTimely(timing(rows, base), slot, move));
    }

    /**
     * Writes those after {@code move} at {@code slot} to a row that is a copy of the one before.
     *
     * @return whether the move is possible as far as they are concerned
     */
    boolean apply(int[] rows, int base, int slot, Move move, int[] target, int targetBase, Supplier<Action> action) {
        if (timingSlot >= 0) {
            Optional<Timing> then = timings.orElseThrow().after(timing(rows, base), slot, move);
            if (then.isEmpty()) {
                return false;
            }
            target[targetBase + timingSlot] = then.get().id();
        }
        if (budgetSlot >= 0 && move.kind.isFailure()) {
            Optional<Budget> left = budgets.after(budgets.get(rows[base + budgetSlot]), move.kind);
            if (left.isEmpty()) {
                return false;
            }
            target[targetBase + budgetSlot] = left.get().id();
        }
        if (historySlot >= 0) {
            target[targetBase + historySlot] = histories
                    .orElseThrow()
                    .after(history(rows, base), slot, move, action)
                    .id();
        }
        return true;
    }

    /** The properties of the history that are violated, a bit each. */
    long violated(int[] rows, int base) {
        return historySlot >= 0 ? history(rows, base).violated() : 0;
    }
}
