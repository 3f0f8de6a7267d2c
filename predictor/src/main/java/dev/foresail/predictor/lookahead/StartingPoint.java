package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Snapshot;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the roll-outs of one evaluation begin with, made of a snapshot once: each copies of it what it comes to change. Not thread-safe, so
 * roll-outs that share one are played one after the other.
 */
final class StartingPoint<S> {
    private final Snapshot<S> snapshot;
    private final SortedMap<NodeId, RolledNode<S>> nodes = new TreeMap<>();
    private final Set<NodeId> silent;

    StartingPoint(Machine<S> machine, Snapshot<S> snapshot) {
        this.snapshot = snapshot;
        add(snapshot.own());
        snapshot.neighbours().values().forEach(this::add);
        this.silent = silent(machine);
    }

    private void add(Checkpoint<S> checkpoint) {
        nodes.put(checkpoint.node(), RolledNode.unchanged(checkpoint));
    }

    /** A neighbour whose checkpoint is missing is no stranger: what it was to the decider, aggregates of strangers do not say. */
    private Set<NodeId> silent(Machine<S> machine) {
        try {
            return machine.imagines() ? Set.copyOf(snapshot.wanted(machine)) : Set.of();
        } catch (RuntimeException thrown) {
            // Who they are counts as unknown, as where a snapshot's completeness is asked for.
            return Set.of();
        }
    }

    Snapshot<S> snapshot() {
        return snapshot;
    }

    /** As in their checkpoints, and not to be changed. */
    Map<NodeId, RolledNode<S>> nodes() {
        return Collections.unmodifiableSortedMap(nodes);
    }

    /** Nodes that are not imagined. */
    Set<NodeId> silent() {
        return silent;
    }
}
