package dev.foresail.predictor.simulate;

import dev.foresail.choice.Multiset;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Contribution;
import dev.foresail.choice.machine.CountedMultiset;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MultisetPredicate;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.view.GuardedQuestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The multisets of one property, kept up to date while nodes change. Not thread-safe.
 *
 * <p>What each node has contributed is remembered, so that it can be taken out when the node contributes something else. An update
 * takes time in proportion to what that node contributes, however many nodes there are.
 *
 * @param <S> the protocol's state
 */
final class KeptMultisets<S> {
    private final Machine<S> machine;
    private final PropertyDescription<S> property;
    private final MultisetPredicate<S> predicate;
    private final List<Kept<S>> kept = new ArrayList<>();
    private final List<Multiset<?>> multisets = new ArrayList<>();
    /** Since it was asked last; it was never asked at first. */
    private boolean isChanged = true;

    /** Of a complete system, of which no node has contributed yet. */
    KeptMultisets(Machine<S> machine, PropertyDescription<S> property, MultisetPredicate<S> predicate) {
        this.machine = machine;
        this.property = property;
        this.predicate = predicate;
        for (Contribution<S> contribution : predicate.contributions()) {
            Kept<S> each = new Kept<>(contribution, new CountedMultiset<>(true), new HashMap<>());
            kept.add(each);
            multisets.add(each.multiset);
        }
    }

    PropertyDescription<S> property() {
        return property;
    }

    /**
     * Takes what a node contributes now in place of what it contributed before.
     *
     * @param state empty when the node is down, and contributes nothing
     * @throws dev.foresail.predictor.guardrail.QuestionFailedException FS269 with the state of that node
     */
    void update(NodeId node, Optional<S> state) {
        for (Kept<S> each : kept) {
            isChanged |=
                    GuardedQuestions.contributes(machine, property.name(), node, state, () -> each.update(node, state));
        }
    }

    /**
     * Whether the property is violated; it is only asked when anybody contributes something else than when it was asked last.
     *
     * @throws dev.foresail.predictor.guardrail.QuestionFailedException FS269 with the multisets
     */
    boolean isFoundViolated() {
        if (!isChanged) {
            return false;
        }
        isChanged = false;
        return !GuardedQuestions.holdsOf(machine, property.name(), predicate, multisets);
    }

    /** @param contributed by each node that has contributed anything; immutable lists, as a state's own collections change */
    private record Kept<S>(
            Contribution<S> contribution, CountedMultiset<Object> multiset, Map<NodeId, List<Object>> contributed) {
        /** @return whether it is something else */
        boolean update(NodeId node, Optional<S> state) {
            Collection<?> now = state.isEmpty() ? List.of() : contribution.of(state.get(), node);
            List<Object> before = contributed.getOrDefault(node, List.of());
            if (areSame(before, now)) {
                return false;
            }
            // Copied first: whatever fails in it leaves the multiset as it was.
            List<Object> copy = List.copyOf(now);
            before.forEach(multiset::remove);
            copy.forEach(multiset::add);
            if (copy.isEmpty()) {
                contributed.remove(node);
            } else {
                contributed.put(node, copy);
            }
            return true;
        }

        /** Whether they are equal in the same order; what is only ordered otherwise counts as changed, which does no harm. */
        private static boolean areSame(List<Object> before, Collection<?> now) {
            if (before.size() != now.size()) {
                return false;
            }
            Iterator<?> others = now.iterator();
            for (Object each : before) {
                if (!each.equals(others.next())) {
                    return false;
                }
            }
            return true;
        }
    }
}
