package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node's local state at one of its steps, with all that is needed to go on from it elsewhere. Immutable; the state
 * must not be changed by whoever holds it: copy it first.
 *
 * @param number the checkpoint number (CrystalBall; docs/architecture.md, "Checkpoints")
 * @param timers the armed timers and the nanoseconds left of each
 * @param deferred messages received and not yet handled
 * @param channels what is known per peer
 */
public record Checkpoint<S>(
        NodeId node,
        long number,
        S state,
        SortedMap<String, Long> timers,
        List<Event.Delivery> deferred,
        SortedMap<NodeId, ChannelCheckpoint> channels) {
    public Checkpoint {
        timers = Collections.unmodifiableSortedMap(new TreeMap<>(timers));
        deferred = List.copyOf(deferred);
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    }

    /** This checkpoint without its channel to {@code peer}. */
    Checkpoint<S> without(NodeId peer) {
        SortedMap<NodeId, ChannelCheckpoint> others = new TreeMap<>(channels);
        others.remove(peer);
        return new Checkpoint<>(node, number, state, timers, deferred, others);
    }

    /**
     * One channel in a checkpoint.
     *
     * @param sent how many messages were sent to the peer
     * @param received the sequence number of the last message received from it
     * @param log messages sent that the peer is not known to have received
     * @param exported the peer's last aggregates; an empty list when there are none, else one element
     */
    public record ChannelCheckpoint(long sent, long received, List<SentMessage> log, List<Exported> exported) {
        public ChannelCheckpoint {
            log = List.copyOf(log);
            exported = List.copyOf(exported);
        }

        /** A channel that goes on from here. */
        public Channel restore() {
            Channel channel = new Channel();
            channel.restore(sent, received, new ArrayList<>(log), exported);
            return channel;
        }
    }
}
