package dev.foresail.randtree;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Takes turns among nodes. Pure functions. */
final class Peers {
    private Peers() {}

    /**
     * The first of {@code nodes} after {@code last}, in the order of the ids and beginning anew after the greatest, that
     * is not among {@code excluded}; {@code last} itself comes last.
     */
    static Optional<NodeId> next(SortedSet<NodeId> nodes, NodeId last, Collection<NodeId> excluded) {
        NodeId afterLast = NodeId.of(last.value() + 1);
        List<NodeId> turns = new ArrayList<>(nodes.tailSet(afterLast));
        turns.addAll(nodes.headSet(afterLast));
        turns.removeAll(excluded);
        return turns.stream().findFirst();
    }
}
