package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * A node's local state at one of its steps, with all that is needed to go on from it elsewhere. Immutable; the state
 * must not be changed by whoever holds it: copy it first.
 *
 * @param number the checkpoint number (CrystalBall; docs/architecture.md, "Checkpoints")
 * @param timers the armed timers and the nanoseconds left of each
 * @param deferred messages received and not yet handled
 * @param channels what is known per peer
 * @param connections the number of the last connection that the node had used by then; 0 where they have no numbers
 * @param calls what the application asks for again and again, as far as the node measures it
 */
public record Checkpoint<S>(
        NodeId node,
        long number,
        S state,
        SortedMap<String, Long> timers,
        List<Event.Delivery> deferred,
        SortedMap<NodeId, ChannelCheckpoint> channels,
        long connections,
        List<CallRate> calls) {
    public Checkpoint {
        timers = Collections.unmodifiableSortedMap(new TreeMap<>(timers));
        deferred = List.copyOf(deferred);
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
        calls = List.copyOf(calls);
    }

    /** A checkpoint of a node that does not measure calls. */
    public Checkpoint(
            NodeId node,
            long number,
            S state,
            SortedMap<String, Long> timers,
            List<Event.Delivery> deferred,
            SortedMap<NodeId, ChannelCheckpoint> channels,
            long connections) {
        this(node, number, state, timers, deferred, channels, connections, List.of());
    }

    /** A checkpoint of a node whose connections have no numbers. */
    public Checkpoint(
            NodeId node,
            long number,
            S state,
            SortedMap<String, Long> timers,
            List<Event.Delivery> deferred,
            SortedMap<NodeId, ChannelCheckpoint> channels) {
        this(node, number, state, timers, deferred, channels, 0);
    }

    /**
     * How many of the messages that {@code sender} has sent to this node, over the connection of its checkpoint, have been
     * received here or will never be.
     */
    public long receivedOf(Checkpoint<?> sender) {
        ChannelCheckpoint in = channels.get(sender.node());
        ChannelCheckpoint out = sender.channels().get(node);
        return in == null || out == null ? 0 : Channel.receivedOf(out.connection(), in.peerConnection(), in.received());
    }

    /** Whether the sender's message, sent over a connection that is broken there, may be received here yet. */
    public boolean mayReceive(NodeId sender, PossiblyDelivered message) {
        ChannelCheckpoint in = channels.get(sender);
        return in == null || message.isOpen(in.peerConnection(), in.received());
    }

    /**
     * What this node has received that the other had not sent yet; empty when this does not contradict the other. To be
     * asked both ways.
     */
    public Optional<String> contradiction(Checkpoint<?> sender) {
        ChannelCheckpoint in = channels.get(sender.node());
        if (in == null || in.received() == 0) {
            return Optional.empty();
        }
        Optional<ChannelCheckpoint> out = Optional.ofNullable(sender.channels().get(node));
        long sentOver = out.map(ChannelCheckpoint::connection).orElse(0L);
        long sent = out.map(ChannelCheckpoint::sent).orElse(0L);
        boolean unheardOf = in.peerConnection() > Math.max(sentOver, sender.connections());
        return isContradiction(in.received(), in.peerConnection(), sent, sentOver, sender.connections())
                ? Optional.of(node + " has received message " + in.received() + " of " + sender.node()
                        + (unheardOf ? " over a connection that it had not opened" : ", which has sent " + sent))
                : Optional.empty();
    }

    /**
     * Whether more was received over a connection than was sent over it, or it was not opened yet.
     *
     * @param sentOver the connection that {@code sent} counts on
     * @param connections the last connection that the sender had used
     */
    static boolean isContradiction(long received, long heardConnection, long sent, long sentOver, long connections) {
        return heardConnection > Math.max(sentOver, connections) || heardConnection == sentOver && received > sent;
    }

    /** Whether a node that has received so much of this one, over that connection, may know of what came after this checkpoint. */
    boolean isBefore(NodeId receiver, long received, long heardConnection) {
        Optional<ChannelCheckpoint> out = Optional.ofNullable(channels.get(receiver));
        long sentOver = out.map(ChannelCheckpoint::connection).orElse(0L);
        long sent = out.map(ChannelCheckpoint::sent).orElse(0L);
        return heardConnection > sentOver || heardConnection == sentOver && received > sent;
    }

    /** This checkpoint with those messages over broken connections that {@code left} leaves of each peer's. */
    Checkpoint<S> withPossible(BiFunction<NodeId, List<PossiblyDelivered>, List<PossiblyDelivered>> left) {
        if (channels.values().stream()
                .allMatch(channel -> channel.possiblyDelivered().isEmpty())) {
            return this;
        }
        SortedMap<NodeId, ChannelCheckpoint> changed = new TreeMap<>();
        channels.forEach((peer, channel) ->
                changed.put(peer, channel.withPossiblyDelivered(left.apply(peer, channel.possiblyDelivered()))));
        return new Checkpoint<>(node, number, state, timers, deferred, changed, connections, calls);
    }

    /** The peers with which there was a connection. */
    public SortedSet<NodeId> openChannels() {
        SortedSet<NodeId> open = new TreeSet<>();
        channels.forEach((peer, channel) -> {
            if (channel.isOpen()) {
                open.add(peer);
            }
        });
        return open;
    }

    /** Whether neither has received what the other had not sent yet. */
    boolean isConsistentWith(Checkpoint<?> other) {
        return contradiction(other).isEmpty() && other.contradiction(this).isEmpty();
    }

    /**
     * One channel in a checkpoint.
     *
     * @param sent how many messages were sent to the peer
     * @param received the sequence number of the last message received from it
     * @param log messages sent that the peer is not known to have received
     * @param exported the peer's last aggregates; an empty list when there are none, else one element
     * @param connection the node's number of the connection that {@code sent} counts on; 0 where they have no numbers
     * @param peerConnection the peer's number of the connection that {@code received} counts on; uneven once that is broken
     * @param possiblyDelivered what was sent over connections that are broken and may have been received, oldest first; what
     *     was sent later was sent after all of it
     */
    public record ChannelCheckpoint(
            long sent,
            long received,
            List<SentMessage> log,
            List<Exported> exported,
            long connection,
            long peerConnection,
            List<PossiblyDelivered> possiblyDelivered) {
        public ChannelCheckpoint {
            log = List.copyOf(log);
            exported = List.copyOf(exported);
            possiblyDelivered = List.copyOf(possiblyDelivered);
        }

        /** A channel whose connection has no number. */
        public ChannelCheckpoint(long sent, long received, List<SentMessage> log, List<Exported> exported) {
            this(sent, received, log, exported, 0, 0, List.of());
        }

        /** This channel when message {@code sequence} has been received. */
        public ChannelCheckpoint withReceived(long sequence) {
            return new ChannelCheckpoint(sent, sequence, log, exported, connection, peerConnection, possiblyDelivered);
        }

        ChannelCheckpoint withPossiblyDelivered(List<PossiblyDelivered> messages) {
            return new ChannelCheckpoint(sent, received, log, exported, connection, peerConnection, messages);
        }

        /** How many messages over {@code sender}, the other end's channel, have been received or will never be. */
        long receivedOf(Channel sender) {
            return Channel.receivedOf(sender.connection(), peerConnection, received);
        }

        /** Whether there was a connection at the checkpoint. */
        boolean isOpen() {
            return connection > 0 || sent > 0 || received > 0;
        }

        /** A channel that goes on from here. */
        public Channel restore() {
            return Channel.restored(this);
        }
    }
}
