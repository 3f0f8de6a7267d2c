package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import io.netty.channel.ChannelHandler;
import java.util.Optional;
import java.util.OptionalLong;

/** What a node's links are put through: nothing, or an emulated network. Used on the node's event loop. */
public interface LinkConditions {
    /** The news that a link is broken does not come by itself. */
    long WHEN_USED = Long.MAX_VALUE;

    /** The network as it is. */
    LinkConditions NONE = new LinkConditions() {
        @Override
        public Optional<ChannelHandler> outgoing(NodeId to) {
            return Optional.empty();
        }

        @Override
        public Optional<ChannelHandler> incoming(NodeId from) {
            return Optional.empty();
        }

        @Override
        public boolean isCut(NodeId peer) {
            return false;
        }

        @Override
        public long noticeDelayNanos(NodeId peer, OptionalLong incarnation, boolean refused) {
            return 0;
        }
    };

    /** A new handler that the frames to {@code to} pass on their way out. */
    Optional<ChannelHandler> outgoing(NodeId to);

    /** A new handler that the frames of {@code from} pass on their way in. */
    Optional<ChannelHandler> incoming(NodeId from);

    /** Whether no connection with {@code peer} can be made now. */
    boolean isCut(NodeId peer);

    /** Whether a datagram to {@code peer} is lost now; unlike the others, asked on any thread. */
    default boolean losesDatagrams(NodeId peer) {
        return isCut(peer);
    }

    /** How long a datagram of the protocol to {@code to} takes besides, at least 0; empty when it is lost. */
    default OptionalLong datagramDelayNanos(NodeId to) {
        return losesDatagrams(to) ? OptionalLong.empty() : OptionalLong.of(0);
    }

    /**
     * How long the news that a link is broken takes; {@link #WHEN_USED} when it comes as late as the next use of the link,
     * from which on it takes as long as if the peer had refused a connection.
     *
     * @param incarnation the peer's, as far as it has said
     * @param refused whether the peer could not be connected to, else an open connection was closed
     */
    long noticeDelayNanos(NodeId peer, OptionalLong incarnation, boolean refused);

    /** How long a message takes that the node sends to itself, at least 0. */
    default long ownDelayNanos() {
        return 0;
    }
}
