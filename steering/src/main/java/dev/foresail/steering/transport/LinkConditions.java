package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import io.netty.channel.ChannelHandler;
import java.util.Optional;

/** What a node's links are put through: nothing, or an emulated network. Used on the node's event loop. */
public interface LinkConditions {
    /** The network as it is. */
    LinkConditions NONE = new LinkConditions() {
        @Override
        public Optional<ChannelHandler> outgoing(NodeId to) {
            return Optional.empty();
        }

        @Override
        public long noticeDelayNanos(NodeId peer, boolean refused) {
            return 0;
        }
    };

    /** A new handler that the frames to {@code to} pass on their way out. */
    Optional<ChannelHandler> outgoing(NodeId to);

    /**
     * How long the news that a link is broken takes.
     *
     * @param refused whether the peer could not be connected to, else an open connection was closed
     */
    long noticeDelayNanos(NodeId peer, boolean refused);
}
