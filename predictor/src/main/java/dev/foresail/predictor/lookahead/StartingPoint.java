package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.node.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the roll-outs of one evaluation begin with, made of a snapshot once: each copies of it what it comes to change. Rests on metrics and
 * properties that change no state, as they are shown the checkpoints' own. Not thread-safe, so roll-outs that share one are played one after the other.
 */
final class StartingPoint<S> {
    private final Snapshot<S> snapshot;
    private final SortedMap<NodeId, RolledNode<S>> nodes = new TreeMap<>();
    private final SortedMap<NodeId, SortedMap<NodeId, List<SentMessage>>> inFlight = new TreeMap<>();
    private final Set<NodeId> silent;

    StartingPoint(Machine<S> machine, Snapshot<S> snapshot) {
        this.snapshot = snapshot;
        add(snapshot.own());
        snapshot.neighbours().values().forEach(this::add);
        nodes.forEach((id, node) -> node.channels.forEach((receiver, channel) -> addInFlight(id, receiver, channel)));
        this.silent = silent(machine);
    }

    private void add(Checkpoint<S> checkpoint) {
        nodes.put(checkpoint.node(), RolledNode.unchanged(checkpoint));
    }

    private void addInFlight(NodeId sender, NodeId receiver, Channel channel) {
        RolledNode<S> target = nodes.get(receiver);
        if (target == null) {
            return;
        }
        Channel back = target.channels.get(sender);
        long received = back == null ? 0 : back.receivedOf(channel);
        List<SentMessage> onTheWay = new ArrayList<>();
        channel.possiblyDelivered().stream()
                .filter(sent -> back == null || back.mayReceive(sent))
                .forEach(sent -> onTheWay.add(new SentMessage(0, sent.message())));
        for (SentMessage sent : channel.log()) {
            if (sent.sequence() > received) {
                onTheWay.add(sent);
            }
        }
        if (!onTheWay.isEmpty()) {
            inFlight.computeIfAbsent(sender, added -> new TreeMap<>()).put(receiver, onTheWay);
        }
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

    /** What the checkpoints show to be on its way, by sender and receiver; {@code sequence} is 0 of what was sent over a broken connection. */
    SortedMap<NodeId, SortedMap<NodeId, List<SentMessage>>> inFlight() {
        return Collections.unmodifiableSortedMap(inFlight);
    }

    /** Nodes that are not imagined. */
    Set<NodeId> silent() {
        return silent;
    }
}
