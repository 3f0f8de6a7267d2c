package dev.foresail.predictor.snapshot;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.node.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checkpoints of several nodes of a deployment, each with the values of its node's parameters. There may be other nodes,
 * of which nothing is known. Immutable; states must not be changed by whoever holds them.
 *
 * @param nowNanos the time of the snapshot, by the clock of the exports in the checkpoints' channels
 * @param nodes the checkpoints by node
 */
public record SystemSnapshot<S>(long nowNanos, SortedMap<NodeId, Known<S>> nodes) {
    public SystemSnapshot {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /**
     * What is known of a node.
     *
     * @param parameters the values of the protocol's parameters, in the machine's order
     */
    public record Known<S>(List<Object> parameters, Checkpoint<S> checkpoint) {
        public Known {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * What is under way from one node to another, both of them known.
     *
     * @param messages in the order in which they were sent
     * @param unknown how many more there are of which the sender has kept no copy
     */
    public record Flight(NodeId from, NodeId to, List<SentMessage> messages, long unknown) {
        public Flight {
            messages = List.copyOf(messages);
        }

        /** The first of it, at most so many; nothing when it is not known what comes first. */
        Flight beginning(int most) {
            List<SentMessage> first = unknown > 0 ? List.of() : messages.subList(0, Math.min(most, messages.size()));
            return new Flight(from, to, first, unknown);
        }
    }

    /**
     * What one node knows, itself included.
     *
     * @param parameters its own, which its neighbours are taken to have too
     */
    public static <S> SystemSnapshot<S> of(Snapshot<S> known, List<Object> parameters, long nowNanos) {
        SortedMap<NodeId, Known<S>> nodes = new TreeMap<>();
        known.neighbours().forEach((node, checkpoint) -> nodes.put(node, new Known<>(parameters, checkpoint)));
        nodes.put(known.own().node(), new Known<>(parameters, known.own()));
        return new SystemSnapshot<>(nowNanos, nodes);
    }

    /**
     * What was sent between known nodes and is not received: what was sent over broken connections and may have been
     * received, then the entries of the sender's log that come after the last message that the receiver has received from it.
     */
    public List<Flight> flights() {
        List<Flight> flights = new ArrayList<>();
        nodes.forEach((from, sender) -> sender.checkpoint().channels().forEach((to, channel) -> {
            Known<S> receiver = nodes.get(to);
            if (receiver != null) {
                flight(sender.checkpoint(), receiver.checkpoint(), channel).ifPresent(flights::add);
            }
        }));
        return flights;
    }

    /**
     * What can be received within so many steps, where connections keep the order: the first of each flight, and nothing
     * where it is not known what comes first.
     */
    public List<Flight> flights(int most) {
        return flights().stream().map(flight -> flight.beginning(most)).toList();
    }

    private Optional<Flight> flight(Checkpoint<S> sender, Checkpoint<S> receiver, ChannelCheckpoint channel) {
        long received = receiver.receivedOf(sender);
        List<SentMessage> messages = new ArrayList<>();
        channel.possiblyDelivered().stream()
                .filter(message -> receiver.mayReceive(sender.node(), message))
                .forEach(message -> messages.add(new SentMessage(message.sequence(), message.message())));
        long unknown = Math.max(0, channel.sent() - received);
        for (SentMessage sent : channel.log()) {
            if (sent.sequence() > received) {
                messages.add(sent);
                unknown--;
            }
        }
        return messages.isEmpty() && unknown <= 0
                ? Optional.empty()
                : Optional.of(new Flight(sender.node(), receiver.node(), messages, Math.max(0, unknown)));
    }

    /** How many messages are in flight whose content is not known. */
    public long unknownInFlight() {
        return flights().stream().mapToLong(Flight::unknown).sum();
    }

    /**
     * What cannot have been at one time: messages that were received before the cut and sent behind it. For people; empty
     * when the set is consistent.
     */
    public List<String> contradictions() {
        List<String> contradictions = new ArrayList<>();
        nodes.forEach((to, receiver) -> receiver.checkpoint().channels().keySet().stream()
                .filter(nodes::containsKey)
                .forEach(from -> receiver.checkpoint()
                        .contradiction(known(from).checkpoint())
                        .ifPresent(contradictions::add)));
        return contradictions;
    }

    /** The nodes that {@code node} names as its neighbours, or has exchanged messages with where the protocol names none. */
    public SortedSet<NodeId> neighbours(Machine<S> machine, NodeId node) {
        Checkpoint<S> checkpoint = known(node).checkpoint();
        Collection<NodeId> named = machine.neighbours(checkpoint.state())
                .orElseGet(() -> checkpoint.channels().keySet());
        SortedSet<NodeId> neighbours = new TreeSet<>(named);
        neighbours.remove(node);
        return neighbours;
    }

    private Known<S> known(NodeId node) {
        Known<S> known = nodes.get(node);
        if (known == null) {
            throw new IllegalArgumentException(
                    "the snapshot has no node " + node + "; its nodes are " + nodes.keySet());
        }
        return known;
    }

    /** The part of it that is about these nodes, as far as it has them. */
    public SystemSnapshot<S> only(Set<NodeId> wanted) {
        SortedMap<NodeId, Known<S>> part = new TreeMap<>(nodes);
        part.keySet().retainAll(wanted);
        return new SystemSnapshot<>(nowNanos, part);
    }

    /**
     * The part of it that is at most {@code hops} neighbours away from {@code centre}.
     *
     * @param hops 0: the node alone
     * @throws IllegalArgumentException when it does not have the node
     */
    public SystemSnapshot<S> around(Machine<S> machine, NodeId centre, int hops) {
        SortedMap<NodeId, Known<S>> part = new TreeMap<>();
        part.put(centre, known(centre));
        for (int hop = 0; hop < hops; hop++) {
            for (NodeId node : List.copyOf(part.keySet())) {
                neighbours(machine, node).stream()
                        .filter(nodes::containsKey)
                        .forEach(neighbour -> part.put(neighbour, known(neighbour)));
            }
        }
        return new SystemSnapshot<>(nowNanos, part);
    }
}
