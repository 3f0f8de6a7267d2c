package dev.foresail.choice.stack;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A system of one node. */
record OneNode(NodeId node, Stack stack) implements SystemView<Stack> {
    @Override
    public SortedSet<NodeId> nodes() {
        return new TreeSet<>(Set.of(node));
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public Stack state(NodeId id) {
        return stack;
    }

    @Override
    public long ageNanos(NodeId id) {
        return 0;
    }
}
