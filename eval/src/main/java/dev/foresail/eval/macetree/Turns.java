package dev.foresail.eval.macetree;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Takes turns among nodes as the Mace source does. Pure functions. */
final class Turns {
    private Turns() {}

    /**
     * The node after {@code last} in the order of the ids, beginning anew after the greatest; the smallest when {@code
     * last} is none of {@code nodes}, of which there is at least one. Skipped nodes are passed over, at most once round:
     * when there are no others, it is the one where that ends.
     */
    static NodeId next(SortedSet<NodeId> nodes, Optional<NodeId> last, Collection<NodeId> skipped) {
        List<NodeId> order = new ArrayList<>(nodes);
        int at = last.map(order::indexOf).orElse(-1);
        for (int passed = 0; passed <= order.size(); passed++) {
            at = (at + 1) % order.size();
            if (!skipped.contains(order.get(at))) {
                break;
            }
        }
        return order.get(at);
    }
}
