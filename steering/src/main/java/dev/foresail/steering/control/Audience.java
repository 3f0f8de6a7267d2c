package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.foresight.Danger;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whom a path to a violation concerns. Pure functions. */
final class Audience<S> {
    private final Machine<S> machine;
    private final NodeId self;

    Audience(Machine<S> machine, NodeId self) {
        this.machine = machine;
        this.self = self;
    }

    /**
     * The neighbours that have an event on the path at which it could be left, and that have all the nodes on it in sight:
     * the others could not go along it.
     *
     * @param snapshot in which the path was found
     */
    List<NodeId> of(Danger danger, SystemSnapshot<S> snapshot) {
        Set<NodeId> involved = danger.actions().stream().map(Action::node).collect(Collectors.toSet());
        return snapshot.nodes().entrySet().stream()
                .filter(each -> !each.getKey().equals(self) && danger.concerns(each.getKey()))
                .filter(each -> inSight(each.getValue().checkpoint()).containsAll(involved))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Set<NodeId> inSight(Checkpoint<S> neighbour) {
        Set<NodeId> seen = new HashSet<>();
        seen.add(neighbour.node());
        try {
            seen.addAll(machine.neighbours(neighbour.state())
                    .orElseGet(() -> neighbour.channels().keySet()));
        } catch (RuntimeException thrown) {
            // The author's code does not say: then it sees itself alone.
            return seen;
        }
        return seen;
    }
}
