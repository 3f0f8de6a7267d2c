package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.view.GuardedQuestions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

/**
 * The safety properties of single nodes: asked once per local state. Thread-safe.
 *
 * @param numbers the place of each among all properties of the model
 * @param names of each, in the same order
 * @param predicates what must hold, in the same order
 * @param untold a bit for each of which nothing could be said of some local state, by its place among all properties; a
 *     predicate sees its own node only, so that it has to say so itself
 */
record LocalProperties(
        Machine<Object> machine,
        List<Integer> numbers,
        List<String> names,
        List<BiPredicate<? super Object, NodeId>> predicates,
        AtomicLong untold) {
    LocalProperties {
        numbers = List.copyOf(numbers);
        names = List.copyOf(names);
        predicates = List.copyOf(predicates);
    }

    /** A bit for each that the state violates, by its place among all properties. */
    long violated(Object state, NodeId node) {
        long violated = 0;
        for (int index = 0; index < predicates.size(); index++) {
            if (!holds(index, state, node)) {
                violated |= 1L << numbers.get(index);
            }
        }
        return violated;
    }

    private boolean holds(int index, Object state, NodeId node) {
        try {
            return GuardedQuestions.holdsAt(machine, names.get(index), predicates.get(index), state, node);
        } catch (UnknownNodeException unknown) {
            long bit = 1L << numbers.get(index);
            untold.getAndUpdate(bits -> bits | bit);
            return true;
        }
    }
}
