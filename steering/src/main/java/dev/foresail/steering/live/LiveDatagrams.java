package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.FailureDetectorSettings;
import dev.foresail.steering.detector.Introduction;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.transport.PeerDatagrams;
import dev.foresail.steering.transport.Transport;
import java.util.Optional;

/**
 * The datagrams of a live node whose protocol sends some, over the failure detector's socket. On the event loop.
 */
final class LiveDatagrams {
    private final Optional<PeerDatagrams> datagrams;

    private LiveDatagrams(Optional<PeerDatagrams> datagrams) {
        this.datagrams = datagrams;
    }

    /**
     * Those of a node that has this transport.
     *
     * @throws NodeException FS535 when the protocol sends some and the failure detector is switched off
     */
    static LiveDatagrams of(LiveParts<?> node, Transport transport, LiveDetector detector) {
        Machine<?> machine = node.machine();
        Transport.Parts parts = transport.parts();
        if (!machine.sendsDatagrams()) {
            return new LiveDatagrams(Optional.empty());
        }
        if (node.configuration().failureDetector().use() == FailureDetectorSettings.Use.NEVER) {
            throw new NodeException(
                    "FS535",
                    "'" + machine.protocol()
                            + "' sends datagrams, which go over the failure detector's socket, and that is"
                            + " switched off; leave failureDetector.enabled out or set it to true");
        }
        PeerDatagrams made = new PeerDatagrams(new PeerDatagrams.Parts(
                parts.loop(),
                parts.identity(),
                parts.keys(),
                parts.codec(),
                parts.addresses(),
                parts.conditions(),
                parts.listener(),
                detector::send,
                transport::introduce,
                detector::ignored,
                detector::dropped,
                message -> machine.isDatagram(message)));
        return new LiveDatagrams(Optional.of(made));
    }

    static boolean isDatagram(Envelope envelope) {
        return envelope instanceof Envelope.Payload payload && payload.isDatagram();
    }

    /** Sends one. */
    void send(NodeId to, Envelope datagram) {
        datagrams.ifPresent(some -> some.send(to, (Envelope.Payload) datagram));
    }

    void introduced(Introduction introduction) {
        datagrams.ifPresent(some -> some.introduced(introduction));
    }

    /** The link with the peer is broken; false for a protocol without datagrams, to which all links are connections. */
    boolean unlinked(NodeId peer) {
        datagrams.ifPresent(some -> some.unlinked(peer));
        return datagrams.isPresent();
    }

    /** Takes what has come over the socket, if it may be a datagram; on any thread. */
    boolean offer(byte[] datagram) {
        return datagrams.isPresent() && datagrams.get().offer(datagram);
    }

    void close() {
        datagrams.ifPresent(PeerDatagrams::close);
    }
}
