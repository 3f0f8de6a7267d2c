package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.detector.Introduction;
import dev.foresail.steering.wire.WireException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes of a node's datagrams. It is opened on the socket's thread, so that nothing waits for the event loop but what a peer has sent to this start of the node, each once,
 * and of that a bounded amount. On the event loop, but for {@link #offer}.
 */
// What is scheduled throws nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class IncomingDatagrams {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** What the event loop has not got to, at most; beyond that it is lost, as in a socket's buffer. */
    static final long MOST_WAITING_BYTES = 8L << 20;

    /** What a datagram takes besides its frame, roughly. */
    private static final long OVERHEAD_BYTES = 512;

    /** Whom this node says hello to within {@link #MEETING_SECONDS}, at most, because something has come in their name. */
    static final int MOST_MEETINGS = 16;

    static final long MEETING_SECONDS = 1;

    private final PeerDatagrams.Parts parts;
    private final Map<NodeId, Sender> senders = new ConcurrentHashMap<>();
    private final Set<NodeId> meeting = ConcurrentHashMap.newKeySet();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean closed;

    IncomingDatagrams(PeerDatagrams.Parts parts) {
        this.parts = parts;
    }

    /** A start of a peer. Thread-safe. */
    private static final class Sender {
        private final long incarnation;
        private final HeartbeatKey told;
        private final SecretKeySpec key;
        private final ReplayWindow window = new ReplayWindow();

        Sender(Introduction introduction) {
            this.incarnation = introduction.incarnation();
            this.told = introduction.key();
            this.key = SealedDatagram.key(told);
        }

        boolean is(Introduction introduction) {
            return incarnation == introduction.incarnation() && told.equals(introduction.key());
        }

        byte[] open(SealedDatagram sealed) throws WireException {
            if (incarnation != sealed.incarnation()) {
                throw new WireException("a datagram of another start of " + sealed.from());
            }
            byte[] frame = sealed.open(key);
            synchronized (window) {
                if (!window.take(sealed.sequence())) {
                    throw new WireException("a datagram that has come before");
                }
            }
            return frame;
        }
    }

    /** A peer has said who it is. */
    void introduced(Introduction introduction) {
        senders.compute(
                introduction.peer(),
                (peer, known) -> known != null && known.is(introduction) ? known : new Sender(introduction));
    }

    /** Takes what has come over the socket, if it may be a datagram; on any thread. */
    boolean offer(byte[] datagram) {
        if (!SealedDatagram.isOne(datagram)) {
            return false;
        }
        if (closed) {
            return true;
        }
        try {
            SealedDatagram sealed = SealedDatagram.decode(datagram);
            handOver(sealed.from(), datagram.length, opened(sealed));
        } catch (WireException ignored) {
            parts.ignored().run();
        }
        return true;
    }

    private byte[] opened(SealedDatagram sealed) throws WireException {
        Identity own = parts.identity();
        if (sealed.schema() != own.schema() || !sealed.to().equals(own.self())) {
            throw new WireException("a datagram for somebody else");
        }
        Sender sender = senders.get(sealed.from());
        if (sender == null) {
            meet(sealed.from());
            throw new WireException("a datagram of nobody that is known");
        }
        if (sealed.toIncarnation() != own.incarnation()) {
            throw new WireException("a datagram for another start of this node");
        }
        return sender.open(sealed);
    }

    /**
     * Whoever sends to this node takes itself to be known here. When it is not, this node has begun anew, and the sender has not noticed, as it uses its connection for nothing. It
     * notices by a hello, which goes to where the peer is known to be and not to where the datagram came from, and not often.
     */
    private void meet(NodeId peer) {
        boolean meets = !peer.equals(parts.identity().self())
                && parts.addresses().knows(peer)
                && meeting.size() < MOST_MEETINGS
                && meeting.add(peer);
        if (meets) {
            onLoop(() -> {
                parts.introducer().accept(peer);
                parts.loop().schedule(() -> meeting.remove(peer), MEETING_SECONDS, TimeUnit.SECONDS);
            });
        }
    }

    private void handOver(NodeId from, int datagramBytes, byte[] frame) {
        long bytes = frame.length + OVERHEAD_BYTES;
        if (waitingBytes.addAndGet(bytes) > MOST_WAITING_BYTES) {
            waitingBytes.addAndGet(-bytes);
            parts.dropped().run();
            return;
        }
        onLoop(() -> {
            waitingBytes.addAndGet(-bytes);
            receive(from, datagramBytes, frame);
        });
    }

    private void onLoop(Runnable task) {
        try {
            parts.loop().execute(task);
        } catch (RejectedExecutionException ended) {
            LOG.debug("a datagram came after the end of the node");
        }
    }

    private void receive(NodeId from, int datagramBytes, byte[] frame) {
        if (closed) {
            return;
        }
        try {
            Envelope envelope = parts.codec().decode(frame);
            if (!(envelope instanceof Envelope.Payload payload)
                    || !payload.isDatagram()
                    || !parts.isDatagram().test(payload.message())) {
                throw new WireException("what goes over connections");
            }
            parts.listener().received(from, payload, datagramBytes);
        } catch (WireException ignored) {
            parts.ignored().run();
        }
    }

    /** From now on nothing is told. */
    void close() {
        closed = true;
    }
}
