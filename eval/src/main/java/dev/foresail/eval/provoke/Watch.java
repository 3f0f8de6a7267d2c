package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at a node after every event that it has handled, and writes down each time a safety property of single nodes begins
 * to be violated there: however short it lasts, it is never taken back. Thread-safe.
 */
final class Watch<S> {
    private final List<PropertyDescription<S>> properties;
    private final Map<NodeId, Set<String>> violated = new TreeMap<>();
    private final List<Sighting> sightings = new ArrayList<>();

    Watch(Machine<S> machine) {
        this.properties = machine.properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.SAFETY)
                .filter(property -> property.atEachNode().isPresent())
                .toList();
    }

    synchronized void look(NodeId node, S state, long atNanos) {
        Set<String> now = new TreeSet<>();
        for (PropertyDescription<S> property : properties) {
            if (!property.atEachNode().orElseThrow().test(state, node)) {
                now.add(property.name());
            }
        }
        Set<String> before = violated.getOrDefault(node, Set.of());
        now.stream()
                .filter(property -> !before.contains(property))
                .forEach(property -> sightings.add(new Sighting(node, property, atNanos)));
        violated.put(node, now);
    }

    synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }
}
