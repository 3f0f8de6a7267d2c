package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.Introduction;

/** Is told what the connections bring, on the node's event loop. */
public interface TransportListener {
    /** A peer has said who it is, and the link with it is whole; told again for every connection and link. */
    default void introduced(Introduction introduction) {}

    /** The next envelope of {@code from}, in order. */
    void received(NodeId from, Envelope envelope);

    /** An envelope was made a frame and is on its way, or waits for a connection; {@code frameBytes} with the frame's length. */
    default void sent(Envelope envelope, int frameBytes) {}

    /** The link to {@code peer} is broken; told once per link, before anything of the next. */
    void connectionError(NodeId peer);
}
