package dev.foresail.eval.pastry;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who takes itself for the root of a key, for a safety property. */
final class KeyOwners {
    /** Of larger systems it is not asked: it looks at all nodes after each event. */
    private static final int MOST_NODES = 32;

    private static final int NEAREST = 2;

    private KeyOwners() {}

    static boolean neighboursShareNone(SystemView<Pastry> system) {
        return system.nodes().size() > MOST_NODES
                || neighboursShareNone(
                        system.nodes().stream().map(system::state).toList());
    }

    /** Whether of each node that has joined and its nearest leaves, where they know it too, only one takes itself for the root of the key in the middle between them. */
    static boolean neighboursShareNone(List<Pastry> nodes) {
        SortedMap<NodeId, Pastry> joined = new TreeMap<>();
        nodes.stream().filter(Pastry::isJoined).forEach(node -> joined.put(node.self.address(), node));
        return joined.values().stream()
                .noneMatch(one -> one.leaves.closest(one.self.id(), 1 + NEAREST).stream()
                        .skip(1)
                        .anyMatch(leaf -> bothOwnTheMiddle(one, leaf, joined.get(leaf.address()))));
    }

    private static boolean bothOwnTheMiddle(Pastry one, Peer leaf, @Nullable Pastry other) {
        long middle = one.self.id() + ((leaf.id() - one.self.id()) >>> 1);
        return other != null
                && other.leaves.members().contains(one.self)
                && isRoot(one, middle)
                && isRoot(other, middle);
    }

    private static boolean isRoot(Pastry node, long key) {
        return node.nextHop(key).equals(node.self);
    }
}
