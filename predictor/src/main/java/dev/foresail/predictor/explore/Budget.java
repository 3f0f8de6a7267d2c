package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Failures;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The failures that are left in a world. Interned, immutable.
 *
 * @param left how many of each kind
 */
record Budget(int id, Map<Failures.Kind, Integer> left, Content content) {
    Budget {
        left = Collections.unmodifiableMap(new EnumMap<>(left));
    }

    /** What is left at first. */
    static Map<Failures.Kind, Integer> of(Failures failures) {
        Map<Failures.Kind, Integer> left = new EnumMap<>(Failures.Kind.class);
        for (Failures.Kind kind : Failures.Kind.values()) {
            // Without them, fingerprints are what they were before there were any.
            if (kind != Failures.Kind.ANSWER || failures.answers() > 0) {
                left.put(kind, failures.budget(kind));
            }
        }
        return left;
    }

    /** What is left after a move of that kind; empty when there is not enough. */
    Optional<Map<Failures.Kind, Integer>> after(Move.Kind kind) {
        Map<Failures.Kind, Integer> rest = new EnumMap<>(left);
        boolean enough = switch (kind) {
            case CRASH -> take(rest, Failures.Kind.CRASH) && take(rest, Failures.Kind.DOWN);
            case SILENT_RESET -> take(rest, Failures.Kind.SILENT_RESET);
            case LOSS -> take(rest, Failures.Kind.LOSS);
            case BREAK -> take(rest, Failures.Kind.BREAK);
            case ANSWER -> take(rest, Failures.Kind.ANSWER);
            case RESTART -> give(rest, Failures.Kind.DOWN);
            case DELIVERY, CONNECTION_ERROR, TIMER, CALL, START -> true;
        };
        return enough ? Optional.of(rest) : Optional.empty();
    }

    private static boolean take(Map<Failures.Kind, Integer> left, Failures.Kind kind) {
        int before = left.getOrDefault(kind, 0);
        if (before != Failures.UNLIMITED) {
            left.put(kind, before - 1);
        }
        return before > 0;
    }

    private static boolean give(Map<Failures.Kind, Integer> left, Failures.Kind kind) {
        left.computeIfPresent(kind, (same, before) -> before == Failures.UNLIMITED ? before : before + 1);
        return true;
    }

    static Content content(Map<Failures.Kind, Integer> left) {
        StateWriter writer = new StateWriter();
        new EnumMap<>(left).values().forEach(writer::writeInt);
        return Content.of(writer);
    }
}
