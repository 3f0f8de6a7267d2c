package dev.foresail.eval.splitstream;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.scribe.Group;
import dev.foresail.eval.scribe.Scribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The trees of a stream's stripes as somebody sees them who sees all nodes, for figures. Immutable. */
final class StreamTrees {
    private final List<Long> stripes;
    private final SortedMap<NodeId, Stack> nodes;

    StreamTrees(List<Long> stripes, Map<NodeId, Stack> nodes) {
        this.stripes = List.copyOf(stripes);
        this.nodes = new TreeMap<>(nodes);
    }

    private static Optional<Group> group(Stack stack, long stripe) {
        return Optional.ofNullable(stack.layer(Scribe.class).groups().get(stripe));
    }

    /** By node, to how many nodes it hands on blocks, all stripes together. */
    List<Integer> loads() {
        return nodes.values().stream()
                .map(stack -> stripes.stream()
                        .flatMap(stripe -> group(stack, stripe).stream())
                        .mapToInt(group -> group.children().size())
                        .sum())
                .toList();
    }

    /** For each node that hands on blocks, in how many stripes. */
    List<Integer> stripesFed() {
        return nodes.values().stream()
                .map(stack -> (int) stripes.stream()
                        .flatMap(stripe -> group(stack, stripe).stream())
                        .filter(group -> !group.children().isEmpty())
                        .count())
                .filter(fed -> fed > 0)
                .toList();
    }

    /** For each pair of nodes of which the first is above the second in some stripe, in how many: so many the second one loses for a while when the first one fails. */
    List<Integer> stripesLost() {
        List<Integer> lost = new ArrayList<>();
        for (NodeId node : nodes.keySet()) {
            SortedMap<NodeId, Integer> above = new TreeMap<>();
            stripes.forEach(stripe -> ancestors(node, stripe).forEach(each -> above.merge(each, 1, Integer::sum)));
            lost.addAll(above.values());
        }
        return lost;
    }

    private List<NodeId> ancestors(NodeId node, long stripe) {
        List<NodeId> ancestors = new ArrayList<>();
        Optional<NodeId> next = parent(node, stripe);
        while (next.isPresent() && !ancestors.contains(next.get())) {
            ancestors.add(next.get());
            next = parent(next.get(), stripe);
        }
        return ancestors;
    }

    private Optional<NodeId> parent(NodeId node, long stripe) {
        return Optional.ofNullable(nodes.get(node))
                .flatMap(stack -> group(stack, stripe))
                .flatMap(Group::parent);
    }
}
