package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.Introduction;

/** Is told what the connections bring, on the node's event loop. */
public interface TransportListener {
    /** A peer has said who it is, and the link with it is whole; told again for every connection and link. */
    default void introduced(Introduction introduction) {}

    /** The next envelope of {@code from}, in order, or a datagram; {@code frameBytes} as it came, with its length or header. */
    void received(NodeId from, Envelope envelope, int frameBytes);

    /** An envelope was made a frame and is on its way, or waits for a connection; {@code frameBytes} with the frame's length. */
    default void sent(Envelope envelope, int frameBytes) {}

    /**
     * The link to {@code peer} is broken, which is told next. What came over it and waits is to be handled now: what is sent to the peer
     * before this returns is lost with the link, what is sent later goes over the next one.
     */
    default void breaking(NodeId peer) {}

    /** The link to {@code peer} is broken; told once per link, before anything of the next. */
    void connectionError(NodeId peer);

    /** As {@link #connectionError}, of a link over which nothing was sent or received but who is who. */
    default void unusedLinkBroken(NodeId peer) {
        connectionError(peer);
    }
}
