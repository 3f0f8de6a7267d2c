package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at a node after every event that it has handled, and writes down each time a safety property of single nodes begins
 * to be violated there, and each property of several nodes that reads only stable fields when their history first violates
 * it: however short it lasts, and whatever nodes forget, it is never taken back. Thread-safe.
 */
final class SafetyWatch<S> {
    private final Machine<S> machine;
    private final List<PropertyDescription<S>> ofSingleNodes;
    private final List<PropertyDescription<S>> ofHistory;
    private final Map<NodeId, Set<String>> violated = new TreeMap<>();
    private final Set<String> violatedByHistory = new TreeSet<>();
    /** What the stable fields of each node have ever said. */
    private final SortedMap<NodeId, Picture<S>> history = new TreeMap<>();

    private final List<Sighting> sightings = new ArrayList<>();

    SafetyWatch(Machine<S> machine) {
        this.machine = machine;
        List<PropertyDescription<S>> properties = machine.properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.SAFETY)
                .toList();
        this.ofSingleNodes = properties.stream()
                .filter(property -> property.atEachNode().isPresent())
                .toList();
        this.ofHistory =
                properties.stream().filter(PropertyDescription::readsOnlyStable).toList();
    }

    synchronized void look(NodeId node, S state, long atNanos) {
        Set<String> now = new TreeSet<>();
        for (PropertyDescription<S> property : ofSingleNodes) {
            if (!property.atEachNode().orElseThrow().test(state, node)) {
                now.add(property.name());
            }
        }
        Set<String> before = violated.getOrDefault(node, Set.of());
        now.stream()
                .filter(property -> !before.contains(property))
                .forEach(property -> sightings.add(new Sighting(node, property, atNanos)));
        violated.put(node, now);
        lookBack(node, state, atNanos);
    }

    private void lookBack(NodeId node, S state, long atNanos) {
        S past = history.computeIfAbsent(node, unseen -> new Picture<>(machine.blank(state), Map.of(), 0))
                .state();
        if (!ofHistory.isEmpty() && machine.hasNewStable(state, past)) {
            machine.mergeStable(state, past);
            PictureView<S> view = new PictureView<>(machine, history, true);
            ofHistory.stream()
                    .filter(property -> !property.holds(view) && violatedByHistory.add(property.name()))
                    .forEach(property -> sightings.add(new Sighting(node, property.name(), atNanos)));
        }
    }

    synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }
}
