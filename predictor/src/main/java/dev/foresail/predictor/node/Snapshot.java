package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node knows when it looks ahead: itself as it is now, the last consistent set of its neighbours' checkpoints,
 * and, in the channels' logs, everything that was sent since. Immutable; may be handed to another thread.
 *
 * @param own this node now
 * @param neighbours the last gathered checkpoints; of a neighbour that did not answer in time, an earlier one; of one from which
 *     nothing was heard since the node was started, one from before, where the node has kept it
 * @param agesNanos the age of each of them
 * @param outdated the neighbours whose last export came after their checkpoint
 * @param nowNanos when it was made, by the clock of {@link Exported#atNanos}
 */
public record Snapshot<S>(
        Checkpoint<S> own,
        SortedMap<NodeId, Checkpoint<S>> neighbours,
        SortedMap<NodeId, Long> agesNanos,
        SortedSet<NodeId> outdated,
        long nowNanos) {
    public Snapshot {
        neighbours = Collections.unmodifiableSortedMap(new TreeMap<>(neighbours));
        agesNanos = Collections.unmodifiableSortedMap(new TreeMap<>(agesNanos));
        outdated = Collections.unmodifiableSortedSet(new TreeSet<>(outdated));
    }

    /** Whether the state of every neighbour is known; it is not when the author's code throws over who they are. */
    public boolean isComplete(Machine<S> machine) {
        Collection<NodeId> all;
        try {
            all = wanted(machine);
        } catch (RuntimeException thrown) {
            return false;
        }
        return all.stream().allMatch(node -> node.equals(own.node()) || neighbours.containsKey(node));
    }

    /**
     * The neighbours, of which checkpoints are wanted.
     *
     * @throws RuntimeException what the author's code throws over who they are
     */
    public Collection<NodeId> wanted(Machine<S> machine) {
        return machine.neighbours(own.state()).orElseGet(own::openChannels);
    }

    /** The age of the oldest checkpoint in nanoseconds, 0 without neighbours. */
    public long oldestNanos() {
        return agesNanos.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
