package dev.foresail.choice.embedded;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Machine;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The aggregates of one node, over what a test says is known of its neighbours. */
final class Aggregates<S> {
    private final Machine<S> machine;
    private final Map<String, Map<NodeId, Object>> known = new HashMap<>();

    Aggregates(Machine<S> machine) {
        this.machine = machine;
    }

    void know(String name, NodeId node, Object value) {
        description(name);
        known.computeIfAbsent(name, any -> new HashMap<>()).put(node, value);
    }

    /** The node's own value. */
    Object value(String name, S state) {
        return evaluate(description(name), state);
    }

    <V> V value(String name, S state, Class<V> type) {
        Object value = value(name, state);
        if (!type.isInstance(value)) {
            throw new ProtocolException(
                    "FS104",
                    "the aggregate '" + name + "' is a " + value.getClass().getSimpleName() + ", not a "
                            + type.getSimpleName());
        }
        return type.cast(value);
    }

    @SuppressWarnings("unchecked")
    private <V> V evaluate(AggregateDescription<S, V> aggregate, S state) {
        Map<NodeId, V> values = (Map<NodeId, V>) known.getOrDefault(aggregate.name(), Map.of());
        return aggregate.evaluate(state, new ScriptedKnown<>(new TreeSet<>(aggregate.over(state)), values));
    }

    private AggregateDescription<S, ?> description(String name) {
        for (AggregateDescription<S, ?> each : machine.aggregates()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new ProtocolException(
                "FS104",
                machine.protocol() + " has no aggregate '" + name + "'; it has "
                        + machine.aggregates().stream()
                                .map(AggregateDescription::name)
                                .toList());
    }
}
