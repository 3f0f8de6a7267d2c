package dev.foresail.predictor.calibration;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A node's sight at one moment, as far as the node gets to know it: itself as it was, and of each neighbour the checkpoint that was taken nearest to that moment, before or after. Not
 * thread-safe.
 */
final class Frame<S> {
    private final long atNanos;
    private final Checkpoint<S> own;
    private final Set<NodeId> sight;
    private final Set<NodeId> outdated;
    private final SortedMap<NodeId, Checkpoint<S>> neighbours = new TreeMap<>();
    private final Map<NodeId, Long> takenNanos = new HashMap<>();

    /**
     * Begins one with what is known now.
     *
     * @param sight who may be in it beside the node itself
     * @param atNanos the moment, not after {@code nowNanos} and not before the node's last event
     */
    Frame(Snapshot<S> snapshot, Set<NodeId> sight, long atNanos, long nowNanos) {
        this.atNanos = atNanos;
        this.own = snapshot.own();
        this.sight = sight;
        this.outdated = new TreeSet<>(snapshot.outdated());
        take(snapshot, nowNanos);
    }

    /** Takes what has become known since. */
    void take(Snapshot<S> snapshot, long nowNanos) {
        snapshot.neighbours().forEach((node, checkpoint) -> {
            if (sight.contains(node)) {
                long taken = nowNanos - snapshot.agesNanos().getOrDefault(node, 0L);
                Long known = takenNanos.get(node);
                if (known == null || Math.abs(taken - atNanos) < Math.abs(known - atNanos)) {
                    takenNanos.put(node, taken);
                    neighbours.put(node, checkpoint);
                }
                if (taken >= atNanos) {
                    outdated.remove(node);
                }
            }
        });
    }

    /** Whether nothing nearer is to be expected: of those in sight of whom nothing has become known yet, something is. */
    boolean isSettled(Snapshot<S> snapshot, long nowNanos) {
        return sight.stream()
                .allMatch(node -> snapshot.neighbours().containsKey(node)
                        ? nowNanos - snapshot.agesNanos().getOrDefault(node, 0L) >= atNanos
                        : neighbours.containsKey(node));
    }

    PictureView<S> view(Machine<S> machine) {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        pictures.put(own.node(), picture(own));
        neighbours.forEach((node, checkpoint) -> pictures.put(node, picture(checkpoint)));
        return new PictureView<>(
                machine, pictures, false, (node, neighbour) -> node.equals(own.node()) && outdated.contains(neighbour));
    }

    private static <S> Picture<S> picture(Checkpoint<S> checkpoint) {
        SortedMap<NodeId, Channel> channels = new TreeMap<>();
        checkpoint.channels().forEach((peer, channel) -> channels.put(peer, channel.restore()));
        return new Picture<>(checkpoint.state(), channels, 0);
    }
}
