package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.detector.HeartbeatKeys;
import dev.foresail.steering.detector.Introduction;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datagrams of a node's protocol: UDP, each encrypted and authenticated, lost without a word. On the node's event loop, but for {@link #offer}.
 *
 * <p>By which key a peer knows this node's datagrams it is told in the hello of a connection, as with heartbeats. So what is sent to a peer that has not said who it is waits a
 * little, until it has or cannot be connected to; the messages themselves never go over the connection. A peer that has begun anew without a word does not know this
 * node's datagrams, and says hello when they come ({@link IncomingDatagrams}).
 */
// What is scheduled catches what it throws.
@SuppressWarnings("FutureReturnValueIgnored")
public final class PeerDatagrams {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** What waits for a peer's hello at most; a network's queues lose what is beyond, too. */
    private static final int MOST_WAITING = 64;

    private final Parts parts;
    private final Map<NodeId, Peer> peers = new HashMap<>();
    private final IncomingDatagrams incoming;
    private final LimitedLog leftOut;
    private boolean closed;

    /**
     * What they are put together from.
     *
     * @param socket takes what is to be sent, and where
     * @param introducer is to see to it that a peer says who it is
     * @param ignored is run for what is no datagram of a peer; on any thread
     * @param dropped is run for one that the event loop would have got to too late; on any thread
     * @param isDatagram whether a message goes outside of connections
     */
    public record Parts(
            EventLoop loop,
            Identity identity,
            HeartbeatKeys keys,
            WireCodec<?> codec,
            AddressBook addresses,
            LinkConditions conditions,
            TransportListener listener,
            Socket socket,
            Consumer<NodeId> introducer,
            Runnable ignored,
            Runnable dropped,
            Predicate<Object> isDatagram) {}

    /** Sends bytes. */
    @FunctionalInterface
    public interface Socket {
        void send(InetSocketAddress to, byte[] datagram);
    }

    public PeerDatagrams(Parts parts) {
        this.parts = parts;
        this.incoming = new IncomingDatagrams(parts);
        this.leftOut = new LimitedLog(LOG, parts.loop());
    }

    private static final class Peer {
        private Optional<Introduction> introduction = Optional.empty();
        private Optional<SecretKeySpec> sealing = Optional.empty();
        /** Of this start's datagrams to the peer, whichever start of the peer they were for: the key is the same. */
        private long sequence;
        /** Whether the peer knows this node, as far as this node knows. */
        private boolean linked;

        private final Deque<Envelope.Payload> waiting = new ArrayDeque<>();
    }

    /** Sends to a peer. */
    public void send(NodeId to, Envelope.Payload datagram) {
        if (closed || !parts.addresses().knows(to)) {
            return;
        }
        Peer peer = peers.computeIfAbsent(to, added -> new Peer());
        if (peer.linked) {
            transmit(to, peer, datagram);
            return;
        }
        if (peer.waiting.size() == MOST_WAITING) {
            peer.waiting.removeFirst();
        }
        peer.waiting.addLast(datagram);
        parts.introducer().accept(to);
    }

    private void transmit(NodeId to, Peer peer, Envelope.Payload datagram) {
        OptionalLong delayNanos = parts.conditions().datagramDelayNanos(to);
        if (delayNanos.isEmpty() || peer.introduction.isEmpty()) {
            return;
        }
        Introduction introduction = peer.introduction.get();
        InetSocketAddress address = introduction.address();
        byte[] sealed;
        try {
            sealed = sealed(introduction, peer, parts.codec().encode(datagram));
        } catch (WireException tooDeep) {
            leftOut.warn("FS218", () -> "left out a datagram to " + to + ": " + tooDeep.getMessage());
            return;
        }
        parts.listener().sent(datagram, sealed.length);
        if (delayNanos.getAsLong() == 0) {
            parts.socket().send(address, sealed);
        } else {
            parts.loop()
                    .schedule(() -> parts.socket().send(address, sealed), delayNanos.getAsLong(), TimeUnit.NANOSECONDS);
        }
    }

    private byte[] sealed(Introduction introduction, Peer peer, byte[] frame) {
        peer.sequence++;
        Identity own = parts.identity();
        NodeId to = introduction.peer();
        SealedDatagram header = new SealedDatagram(
                own.schema(),
                own.self(),
                to,
                own.incarnation(),
                introduction.incarnation(),
                peer.sequence,
                new byte[0]);
        if (peer.sealing.isEmpty()) {
            peer.sealing = Optional.of(SealedDatagram.key(parts.keys().of(to)));
        }
        return SealedDatagram.seal(header, peer.sealing.get(), frame);
    }

    /** A peer has said who it is. */
    public void introduced(Introduction introduction) {
        if (closed || introduction.key().equals(HeartbeatKey.NONE)) {
            return;
        }
        NodeId id = introduction.peer();
        Peer peer = peers.computeIfAbsent(id, added -> new Peer());
        incoming.introduced(introduction);
        peer.introduction = Optional.of(introduction);
        peer.linked = true;
        while (!peer.waiting.isEmpty()) {
            transmit(id, peer, peer.waiting.removeFirst());
        }
    }

    /** The link with a peer is broken, or there is none: it may have begun anew, and what waits is lost. */
    public void unlinked(NodeId id) {
        Peer peer = peers.get(id);
        if (peer != null) {
            peer.linked = false;
            peer.waiting.clear();
        }
    }

    /** Takes what has come over the socket, if it may be a datagram; on any thread. */
    public boolean offer(byte[] datagram) {
        return incoming.offer(datagram);
    }

    /** From now on nothing is sent or told. */
    public void close() {
        closed = true;
        incoming.close();
    }
}
