package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cloned node in a roll-out. Not thread-safe. */
final class RolledNode<S> {
    S state;
    final LayeredChannels channels;
    /** Armed timers and when they are due, in the roll-out's time. */
    final SortedMap<String, Long> timers;

    final List<Event.Delivery> deferred;
    /** What its handlers draw from: of its own, so that what one node draws never shifts what another does. */
    final RandomStream random;
    /** The links on which it has sent; trials of a handler send nothing, so copies share them. */
    final Map<NodeId, RollOutWorld.Link> links;
    /** What its application asks for again and again, by the calls' names. */
    final Map<String, RolledCalls> calls = new HashMap<>();
    /** How long each event takes it; the next ones wait in order. */
    final long serviceNanos;
    /** When all that has come so far will have been handled. */
    long freeAtNanos;
    /** When its access will have taken all that it has sent so far. */
    long uplinkFreeAtNanos;

    private RolledNode(
            S state,
            LayeredChannels channels,
            SortedMap<String, Long> timers,
            List<Event.Delivery> deferred,
            RandomStream random,
            Map<NodeId, RollOutWorld.Link> links,
            long serviceNanos) {
        this.serviceNanos = serviceNanos;
        this.random = random;
        this.links = links;
        this.state = state;
        this.channels = channels;
        this.timers = timers;
        this.deferred = deferred;
    }

    /** As in a checkpoint, whose state it shows: to be read, and {@linkplain #begin begun} in each roll-out that is to change it. */
    static <S> RolledNode<S> unchanged(Checkpoint<S> checkpoint) {
        SortedMap<NodeId, Channel> channels = new TreeMap<>();
        checkpoint.channels().forEach((peer, channel) -> channels.put(peer, channel.restore()));
        return new RolledNode<>(
                checkpoint.state(),
                new LayeredChannels(channels),
                new TreeMap<>(checkpoint.timers()),
                checkpoint.deferred(),
                RandomStream.of(0, "never drawn from"),
                Map.of(),
                0);
    }

    /** This node in a roll-out of its own. Its channels are this node's until it changes them, so this node has to stand still meanwhile. */
    RolledNode<S> begin(Machine<S> machine, RandomStream drawn, long nanosPerEvent) {
        return copy(machine, drawn, new HashMap<>(), nanosPerEvent);
    }

    /** A trial. Its channels are this node's until it changes them: so this node has to stand still until the trial is thrown away. */
    RolledNode<S> copy(Machine<S> machine) {
        return copy(machine, random.copy(), links, serviceNanos);
    }

    private RolledNode<S> copy(
            Machine<S> machine, RandomStream drawn, Map<NodeId, RollOutWorld.Link> its, long nanosPerEvent) {
        return new RolledNode<>(
                machine.copy(state),
                new LayeredChannels(channels),
                new TreeMap<>(timers),
                new ArrayList<>(deferred),
                drawn,
                its,
                nanosPerEvent);
    }

    /** To be changed. */
    Channel channel(NodeId peer) {
        return channels.toChange(peer);
    }
}
