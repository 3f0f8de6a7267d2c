package dev.foresail.predictor.resolve;

import dev.foresail.choice.Fallback;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** The fast policies. Each keeps its own turn per choice. Not thread-safe. */
final class Policy {
    private final IntUnaryOperator random;
    private Map<String, Integer> turns = Map.of();

    /** @param random a seeded draw below a bound */
    Policy(IntUnaryOperator random) {
        this.random = random;
    }

    /** The index of one of {@code count} alternatives, at least 1. */
    int choose(Fallback fallback, String choice, int count) {
        return switch (fallback) {
            case RANDOM -> random.applyAsInt(count);
            case FIRST -> 0;
            case ROUND_ROBIN -> Math.floorMod(turn(choice), count);
        };
    }

    private int turn(String choice) {
        turns = turns.isEmpty() ? new HashMap<>() : turns;
        return turns.merge(choice, 1, Integer::sum) - 1;
    }
}
