package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.UnknownNodeException;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The safety properties of single nodes: asked once per local state. Stateless.
 *
 * @param numbers the place of each among all properties of the model
 * @param predicates what must hold, in the same order
 */
record LocalProperties(List<Integer> numbers, List<BiPredicate<? super Object, NodeId>> predicates) {
    LocalProperties {
        numbers = List.copyOf(numbers);
        predicates = List.copyOf(predicates);
    }

    /** A bit for each that the state violates, by its place among all properties. */
    long violated(Object state, NodeId node) {
        long violated = 0;
        for (int index = 0; index < predicates.size(); index++) {
            if (!holds(predicates.get(index), state, node)) {
                violated |= 1L << numbers.get(index);
            }
        }
        return violated;
    }

    private static boolean holds(BiPredicate<? super Object, NodeId> predicate, Object state, NodeId node) {
        try {
            return predicate.test(state, node);
        } catch (UnknownNodeException unknown) {
            return true;
        }
    }
}
