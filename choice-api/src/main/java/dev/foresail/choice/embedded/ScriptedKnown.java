package dev.foresail.choice.embedded;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** What a test says is known of an aggregate. */
record ScriptedKnown<V>(SortedSet<NodeId> nodes, Map<NodeId, V> values) implements Known<V> {
    @Override
    public Optional<V> at(NodeId node) {
        return Optional.ofNullable(values.get(node));
    }

    @Override
    public V atOr(NodeId node, V otherwise) {
        return at(node).orElse(otherwise);
    }

    @Override
    public long ageNanos(NodeId node) {
        return values.containsKey(node) ? 0 : Long.MAX_VALUE;
    }
}
