package dev.foresail.predictor.simulate;

import dev.foresail.choice.Multiset;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Contribution;
import dev.foresail.choice.machine.CountedMultiset;
import dev.foresail.choice.machine.MultisetPredicate;
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
    private final MultisetPredicate<S> predicate;
    private final List<Kept<S>> kept = new ArrayList<>();
    private final List<Multiset<?>> multisets = new ArrayList<>();

    /** Of a complete system, of which no node has contributed yet. */
    KeptMultisets(MultisetPredicate<S> predicate) {
        this.predicate = predicate;
        for (Contribution<S> contribution : predicate.contributions()) {
            Kept<S> each = new Kept<>(contribution, new CountedMultiset<>(true), new HashMap<>());
            kept.add(each);
            multisets.add(each.multiset);
        }
    }

    /**
     * Takes what a node contributes now in place of what it contributed before.
     *
     * @param state empty when the node is down, and contributes nothing
     * @return whether that is something else
     */
    boolean update(NodeId node, Optional<S> state) {
        boolean changed = false;
        for (Kept<S> each : kept) {
            changed |= each.update(node, state.isEmpty() ? List.of() : each.contribution.of(state.get(), node));
        }
        return changed;
    }

    boolean holds() {
        return predicate.predicate().test(multisets);
    }

    /** @param contributed by each node that has contributed anything; immutable lists, as a state's own collections change */
    private record Kept<S>(
            Contribution<S> contribution, CountedMultiset<Object> multiset, Map<NodeId, List<Object>> contributed) {
        boolean update(NodeId node, Collection<?> now) {
            List<Object> before = contributed.getOrDefault(node, List.of());
            if (areSame(before, now)) {
                return false;
            }
            before.forEach(multiset::remove);
            now.forEach(multiset::add);
            if (now.isEmpty()) {
                contributed.remove(node);
            } else {
                contributed.put(node, List.copyOf(now));
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
