package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is left of connections to neighbours that broke: what was sent over them and may have been received, until a checkpoint
 * of the neighbour says more, and which of the neighbour's connections is over. Per neighbour at most as long as a channel's
 * log. Not thread-safe.
 */
final class BrokenConnections {
    /** For how many peers that are no neighbours any more it is known which of their connections is over. */
    private static final int MOST_STRANGERS = 16;

    /** The one that broke last comes last. */
    private Map<NodeId, Rest> rests = Map.of();

    private static final class Rest {
        private List<PossiblyDelivered> messages;
        private final long peerConnection;

        Rest(List<PossiblyDelivered> messages, long peerConnection) {
            this.messages = messages;
            this.peerConnection = peerConnection;
        }
    }

    /**
     * The connection to a neighbour is broken.
     *
     * @param known the channel to this node in the neighbour's last checkpoint
     */
    void add(NodeId peer, Channel channel, Optional<ChannelCheckpoint> known) {
        long received = known.map(there -> there.receivedOf(channel)).orElse(0L);
        List<PossiblyDelivered> messages = new ArrayList<>(of(peer));
        for (SentMessage sent : channel.logAfter(received)) {
            messages.add(new PossiblyDelivered(channel.connection(), sent.sequence(), sent.message()));
        }
        int tooMany = Math.max(0, messages.size() - Channel.LOG_LIMIT);
        long over = Math.max(
                channel.broken(),
                Channel.broken(known.map(ChannelCheckpoint::connection).orElse(0L)));
        rests = rests.isEmpty() ? new LinkedHashMap<>() : rests;
        rests.remove(peer);
        rests.put(peer, new Rest(List.copyOf(messages.subList(tooMany, messages.size())), over));
    }

    /** What may have been received by the peer, oldest first. */
    List<PossiblyDelivered> of(NodeId peer) {
        Rest rest = rests.get(peer);
        return rest == null ? List.of() : rest.messages;
    }

    /** What stands for the last of the peer's connections that broke; 0 without one. */
    long over(NodeId peer) {
        Rest rest = rests.get(peer);
        return rest == null ? 0 : rest.peerConnection;
    }

    SortedSet<NodeId> peers() {
        return new TreeSet<>(rests.keySet());
    }

    /** Those of {@code before} that may still have been received. */
    List<PossiblyDelivered> stillOf(NodeId peer, List<PossiblyDelivered> before) {
        List<PossiblyDelivered> left = of(peer);
        return left.isEmpty()
                ? List.of()
                : before.stream().filter(one -> !one.isBefore(left.get(0))).toList();
    }

    /** A newer checkpoint of the peer says what it has received. */
    void gathered(NodeId peer, Optional<ChannelCheckpoint> channel) {
        Rest rest = rests.get(peer);
        if (rest == null) {
            return;
        }
        long heard = channel.map(ChannelCheckpoint::peerConnection).orElse(0L);
        long received = channel.map(ChannelCheckpoint::received).orElse(0L);
        // A peer that has heard nothing from here has no channel: it has noticed the break.
        rest.messages = heard == 0
                ? List.of()
                : rest.messages.stream()
                        .filter(one -> one.isOpen(heard, received))
                        .toList();
    }

    /** What may have been received by others than {@code neighbours} is forgotten. */
    void retain(Collection<NodeId> neighbours) {
        List<NodeId> strangers = new ArrayList<>(rests.keySet());
        strangers.removeAll(neighbours);
        int tooMany = Math.max(0, strangers.size() - MOST_STRANGERS);
        strangers.subList(0, tooMany).forEach(rests::remove);
        strangers
                .subList(tooMany, strangers.size())
                .forEach(peer -> rests.computeIfPresent(peer, (id, rest) -> new Rest(List.of(), rest.peerConnection)));
    }
}
