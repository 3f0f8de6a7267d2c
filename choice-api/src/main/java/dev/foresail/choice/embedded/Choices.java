package dev.foresail.choice.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Resolves the choices of an {@link EmbeddedNode}; asked only when there are at least two alternatives. */
@FunctionalInterface
public interface Choices {
    /**
     * The index of the alternative to take.
     *
     * @param point the choice's name
     * @param alternatives the candidates of a handler's choice point (lists of them when it has several); the names of
     *     handlers when several apply, with the candidates in brackets, such as {@code pass(n4)}
     */
    int choose(String point, List<Object> alternatives);

    /** The result of {@code node.random(bound)}; empty: drawn by the node's own seeded generator. */
    default OptionalInt draw(int bound) {
        return OptionalInt.empty();
    }

    /** Always the first alternative. */
    static Choices first() {
        return (point, alternatives) -> 0;
    }

    /** Uniform draws; the same seed gives the same choices. */
    static Choices random(long seed) {
        Random random = new Random(seed);
        return (point, alternatives) -> random.nextInt(alternatives.size());
    }

    /**
     * These alternatives, one for each choice in its turn.
     *
     * @throws IllegalStateException when a choice is met that the script has no alternative for
     */
    static Choices scripted(Object... picks) {
        Deque<Object> script = new ArrayDeque<>(List.of(picks));
        return (point, alternatives) -> {
            Object pick = script.poll();
            int index = pick == null ? -1 : alternatives.indexOf(pick);
            if (index < 0) {
                String said = pick == null ? "has ended" : "says " + pick;
                throw new IllegalStateException(
                        "the script " + said + " at the choice '" + point + "' among " + alternatives);
            }
            return index;
        };
    }

    /** Every combination of alternatives, one run after the other; see {@link EmbeddedNode#explore}. */
    static AllChoices all() {
        return new AllChoices();
    }
}
