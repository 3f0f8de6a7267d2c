package dev.foresail.choice.machine;

import dev.foresail.choice.Multiset;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.UnknownNodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A property of what the nodes contribute. Engines that see a run event by event keep the multisets up to date; all others
 * fill them from a view.
 *
 * @param <S> the protocol's state
 * @param contributions what each node contributes, for each of the multisets
 * @param predicate stateless; takes the multisets in the same order
 */
public record MultisetPredicate<S>(List<Contribution<S>> contributions, Predicate<List<Multiset<?>>> predicate) {
    public MultisetPredicate {
        contributions = List.copyOf(contributions);
    }

    /**
     * Whether it holds of the nodes in view.
     *
     * @throws UnknownNodeException when it holds of the known nodes but the view is not complete
     */
    public boolean holds(SystemView<S> view) {
        List<Multiset<?>> multisets = new ArrayList<>(contributions.size());
        for (Contribution<S> contribution : contributions) {
            CountedMultiset<Object> multiset = new CountedMultiset<>(view.isComplete());
            for (NodeId node : view.nodes()) {
                contribution.of(view.state(node), node).forEach(multiset::add);
            }
            multisets.add(multiset);
        }
        if (!predicate.test(multisets)) {
            return false;
        }
        if (!view.isComplete()) {
            throw new UnknownNodeException("not every node is known");
        }
        return true;
    }
}
