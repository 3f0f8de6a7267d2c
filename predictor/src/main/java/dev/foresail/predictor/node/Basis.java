package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What predicted values rest on, as it was when they were predicted. Immutable; made once per prediction and shared by all decisions that
 * take its values.
 *
 * @param checkpointAgesNanos the ages of the neighbours' checkpoints
 * @param isComplete whether every neighbour's state was known
 * @param isAhead whether it was predicted before the event came
 * @param unknownLinks candidates to which no round trip was known, in the order of the alternatives
 * @param isBeforeDeployment whether it was predicted in simulations: no checkpoint and no link of this system stands behind it
 */
public record Basis(
        SortedMap<NodeId, Long> checkpointAgesNanos,
        boolean isComplete,
        boolean isAhead,
        List<NodeId> unknownLinks,
        boolean isBeforeDeployment) {
    /** Of choices for which nothing was predicted. */
    public static final Basis NONE = new Basis(Collections.emptySortedMap(), true, false, List.of());

    /** Of values that were predicted in simulations, before this system was deployed. */
    public static final Basis BEFORE_DEPLOYMENT = new Basis(Collections.emptySortedMap(), false, true, List.of(), true);

    public Basis {
        checkpointAgesNanos = Collections.unmodifiableSortedMap(new TreeMap<>(checkpointAgesNanos));
        unknownLinks = List.copyOf(unknownLinks);
    }

    /** Of values that were predicted in this system. */
    public Basis(
            SortedMap<NodeId, Long> checkpointAgesNanos,
            boolean isComplete,
            boolean isAhead,
            List<NodeId> unknownLinks) {
        this(checkpointAgesNanos, isComplete, isAhead, unknownLinks, false);
    }

    /** The age of the oldest checkpoint in nanoseconds, 0 without neighbours. */
    public long oldestNanos() {
        return checkpointAgesNanos.values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }
}
