package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The neighbours' checkpoints that a node knew when it ended, each until it has a newer one. What the node has received
 * since they were taken, and has kept over its end, none of its counts tells any more: so they are never part of a
 * consistent set, but the best that is known of a neighbour from which nothing was heard since. Not thread-safe.
 */
final class RecalledCheckpoints<S> {
    /** An hour: how long those are remembered that are not named as neighbours. */
    private static final long STRANGERS_NANOS = 3_600_000_000_000L;

    private final NodeId self;
    private SortedMap<NodeId, Recalled<S>> recalled = Collections.emptySortedMap();

    RecalledCheckpoints(NodeId self) {
        this.self = self;
    }

    /** @param takenNanos by this node's clock, on which that time may never have been */
    record Recalled<S>(Checkpoint<S> checkpoint, long takenNanos) {}

    void recall(KnownCheckpoint<S> known, long nowNanos) {
        Checkpoint<S> checkpoint = known.checkpoint();
        if (!checkpoint.node().equals(self)) {
            recalled = recalled.isEmpty() ? new TreeMap<>() : recalled;
            recalled.put(
                    checkpoint.node(), new Recalled<>(withoutConnectionHere(checkpoint), nowNanos - known.ageNanos()));
        }
    }

    /** The node's connections ended with it: what was under way to it was received before, or never will be. */
    private Checkpoint<S> withoutConnectionHere(Checkpoint<S> checkpoint) {
        ChannelCheckpoint here = checkpoint.channels().get(self);
        if (here == null) {
            return checkpoint;
        }
        SortedMap<NodeId, ChannelCheckpoint> channels = new TreeMap<>(checkpoint.channels());
        channels.put(
                self,
                new ChannelCheckpoint(
                        0, here.received(), List.of(), here.exported(), 0, here.peerConnection(), List.of()));
        return new Checkpoint<>(
                checkpoint.node(),
                checkpoint.number(),
                checkpoint.state(),
                checkpoint.timers(),
                checkpoint.deferred(),
                channels,
                checkpoint.connections(),
                checkpoint.calls());
    }

    /** The neighbour has sent a newer one. */
    void forget(NodeId neighbour) {
        if (!recalled.isEmpty()) {
            recalled.remove(neighbour);
        }
    }

    /** Forgets old pictures of those that are no neighbours; they may come to be so again, but not all do. */
    void retain(Collection<NodeId> neighbours, long nowNanos) {
        if (recalled.isEmpty()) {
            return;
        }
        recalled.values()
                .removeIf(one -> !neighbours.contains(one.checkpoint().node())
                        && nowNanos - one.takenNanos() >= STRANGERS_NANOS);
    }

    SortedMap<NodeId, Recalled<S>> all() {
        return Collections.unmodifiableSortedMap(recalled);
    }

    /** Those of {@code wanted} from which {@code own} has heard nothing, and that contradict neither it nor the others. */
    SortedMap<NodeId, Recalled<S>> fitting(
            Checkpoint<S> own, Collection<Checkpoint<S>> others, Collection<NodeId> wanted) {
        SortedMap<NodeId, Recalled<S>> fitting = new TreeMap<>();
        recalled.values().stream()
                .filter(one -> wanted.contains(one.checkpoint().node()))
                .filter(one -> !isHeardFrom(own, one.checkpoint().node()))
                .sorted(Comparator.comparingLong(one -> -one.takenNanos()))
                .forEach(one -> {
                    boolean fits = own.isConsistentWith(one.checkpoint())
                            && others.stream().allMatch(other -> other.isConsistentWith(one.checkpoint()))
                            && fitting.values().stream()
                                    .allMatch(other -> other.checkpoint().isConsistentWith(one.checkpoint()));
                    if (fits) {
                        fitting.put(one.checkpoint().node(), one);
                    }
                });
        return fitting;
    }

    private static boolean isHeardFrom(Checkpoint<?> own, NodeId neighbour) {
        ChannelCheckpoint channel = own.channels().get(neighbour);
        return channel != null && (channel.peerConnection() > 0 || channel.received() > 0);
    }
}
