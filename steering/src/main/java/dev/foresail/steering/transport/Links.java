package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.Introduction;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.security.Credentials;
import dev.foresail.steering.wire.WireException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of a node and the rules by which they come and go (docs/decisions/005). Not thread-safe: used on the node's
 * event loop only.
 *
 * <p>A link is named by the hellos of its two sides: incarnation, and a number that each side counts for itself. A hello
 * that is later than the link's means that the peer has given the link up, so the link breaks, once, before anything of its
 * successor is heard; an earlier one is of a link that is broken here already, and is refused.
 *
 * <p>Anyone can say a hello in a peer's name. So one from where the peer is known to be, or said there in answer, counts for
 * more than one from elsewhere: it is not refused as earlier than that, and that does not break its link. With security
 * nobody can: the certificate has said who it is, wherever it comes from.
 */
// The scheduled task catches what it throws, as the listener does.
@SuppressWarnings("FutureReturnValueIgnored")
final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final Transport.Parts parts;
    private final Consumer<Link> connector;
    private final SortedMap<NodeId, Peer> peers = new TreeMap<>();
    private final Set<Class<?>> tooLongTypes = new HashSet<>();
    private final LimitedLog refusals;
    private final LimitedLog unreachable;
    private int unidentified;
    private boolean closed;

    /** @param connector opens a connection to send over; it tells {@link #lost} when there is none */
    Links(Transport.Parts parts, Consumer<Link> connector) {
        this.parts = parts;
        this.connector = connector;
        this.refusals = new LimitedLog(LOG, parts.loop());
        this.unreachable = new LimitedLog(LOG, parts.loop());
    }

    private static final class Peer {
        private Optional<Link> link = Optional.empty();
        private Optional<Hello> last = Optional.empty();
        /** Whether {@code last} is the peer's for certain; without security, anyone may say it from elsewhere. */
        private boolean confirmed;

        private long links;
    }

    Optional<Credentials> credentials() {
        return parts.credentials();
    }

    /** Of connections that are closed because of what came over them. */
    LimitedLog refusals() {
        return refusals;
    }

    /** Of peers that cannot be connected to: which those are, peers may have a hand in. */
    LimitedLog unreachable() {
        return unreachable;
    }

    TransportSettings settings() {
        return parts.settings();
    }

    Identity identity() {
        return parts.identity();
    }

    /** What this node says first on a connection of the link. */
    Hello hello(Link link) {
        return new Hello(identity(), parts.keys().of(link.peer()), link.number());
    }

    Optional<ChannelHandler> emulation(NodeId to) {
        return parts.conditions().outgoing(to);
    }

    Optional<ChannelHandler> gate(NodeId from) {
        return parts.conditions().incoming(from);
    }

    boolean isCut(NodeId peer) {
        return parts.conditions().isCut(peer);
    }

    /** Counts a connection whose peer is not known yet; false when there are too many. Released in either case. */
    boolean admitUnidentified() {
        unidentified++;
        return unidentified <= settings().maxUnidentified();
    }

    void releaseUnidentified() {
        unidentified--;
    }

    /** The peers that have a link and have said who they are, in order. */
    List<NodeId> connected() {
        return peers.entrySet().stream()
                .filter(peer -> peer.getValue().link.stream()
                        .anyMatch(link -> !link.isBroken() && link.hello().isPresent()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The links over which news can be sent at once. */
    List<Link> readyForNews() {
        return closed
                ? List.of()
                : peers.values().stream()
                        .flatMap(peer -> peer.link.stream())
                        .filter(Link::isReadyForNews)
                        .toList();
    }

    /** From now on nothing is sent and nobody is told anything. */
    void close() {
        closed = true;
    }

    void send(NodeId to, Envelope envelope) {
        if (closed) {
            return;
        }
        Link link = link(to);
        // Before anything can be lost on the way: its sender has counted it.
        link.use();
        if (link.isBroken()) {
            noticeWhenUsed(link);
            return;
        }
        try {
            byte[] frame = parts.codec().encode(envelope, link.memory());
            if (link.queuedBytes() + frame.length > settings().maxQueuedBytes()) {
                LOG.warn(
                        "[FS217] {} does not take what is sent to it: broke the link with {} bytes queued",
                        to,
                        link.queuedBytes());
                lost(link, false);
                return;
            }
            link.sendFrame(frame);
            parts.listener().sent(envelope, Integer.BYTES + frame.length);
        } catch (WireException tooLong) {
            tooLong(link, envelope, tooLong);
            return;
        }
        if (!link.isOpened()) {
            connector.accept(link);
        }
    }

    /** Sees to it that the peer and this node know each other, if it is there. */
    void introduce(NodeId to) {
        if (closed) {
            return;
        }
        Link link = link(to);
        if (link.isBroken()) {
            noticeWhenUsed(link);
        } else if (!link.isOpened() && link.hello().isEmpty()) {
            connector.accept(link);
        }
    }

    private void noticeWhenUsed(Link broken) {
        if (broken.isNoticedNow()) {
            notice(broken, true);
        }
    }

    /**
     * A message that is missing would break the order of the protocol's; what runtimes tell each other may be missing. A
     * checkpoint is not refused instead, as that would make the peer ask again at once.
     */
    private void tooLong(Link link, Envelope envelope, WireException why) {
        if (envelope instanceof Envelope.Payload) {
            LOG.error("[FS218] broke the link with {}: {}", link.peer(), why.getMessage());
            lost(link, false);
        } else if (tooLongTypes.add(envelope.getClass())) {
            LOG.warn(
                    "[FS218] left out what {} asks for, now and later, without further notice: {}",
                    link.peer(),
                    why.getMessage());
        }
    }

    private Peer peer(NodeId id) {
        return peers.computeIfAbsent(id, added -> new Peer());
    }

    private Link link(NodeId id) {
        Peer peer = peer(id);
        if (peer.link.isEmpty()) {
            peer.links++;
            peer.link =
                    Optional.of(new Link(id, peer.links, parts.news().map(desk -> new LinkNews(id, desk, settings()))));
        }
        return peer.link.get();
    }

    /** The peer has opened a connection: the link it belongs to. */
    Link attach(Hello hello, Channel channel) throws WireException {
        NodeId id = hello.identity().self();
        if (!parts.addresses().knows(id)) {
            throw new WireException("is " + id + ", which is no peer of this node; add it to the peers");
        }
        if (hello.connection() == 0) {
            throw new WireException("a hello without a number");
        }
        Peer peer = peer(id);
        boolean confirmed = isForCertain(id, channel.remoteAddress());
        if (confirmed) {
            forgetImpostor(peer, hello);
        } else {
            checkNotContested(peer, hello);
        }
        checkNotEarlier(peer, hello);
        if (peer.link.isPresent() && isOver(peer.link.get(), hello)) {
            breakNow(peer.link.get());
        }
        boolean known = peer.last.isPresent() && !hello.isLaterThan(peer.last.get());
        boolean sameLink = peer.link.isPresent() && peer.link.get().hello().equals(Optional.of(hello));
        if (known && !sameLink || peer.link.isPresent() && peer.link.get().hasIncoming()) {
            throw new WireException("belongs to a link with " + id + " that is broken already, or is its second");
        }
        Link link = link(id);
        introduced(link, peer, hello, confirmed);
        link.attachIncoming(channel);
        tell(hello, channel.remoteAddress());
        return link;
    }

    /** Whether a certificate has said who it is, or the connection comes from the machine that the peer is known to be on. */
    private boolean isForCertain(NodeId id, SocketAddress remote) {
        return credentials().isPresent()
                || remote instanceof InetSocketAddress from
                        && parts.addresses()
                                .addressOf(id)
                                .filter(known -> !known.isUnresolved()
                                        && known.getAddress().equals(from.getAddress()))
                                .isPresent();
    }

    /** A hello that is certain is earlier than one that is not: the link with whoever said that one ends. */
    private void forgetImpostor(Peer peer, Hello certain) {
        if (!peer.confirmed && peer.last.isPresent() && peer.last.get().isLaterThan(certain)) {
            long claimed = peer.last.get().identity().incarnation();
            refusals.warn(
                    "FS213",
                    () -> "somebody at another address has claimed to be "
                            + certain.identity().self() + ", incarnation " + claimed + ", which has "
                            + certain.identity().incarnation());
            peer.link.filter(link -> link.hello().equals(peer.last)).ifPresent(this::breakNow);
            peer.last = Optional.empty();
        }
    }

    private static void checkNotContested(Peer peer, Hello uncertain) throws WireException {
        boolean linked = peer.link.isPresent() && !peer.link.get().isBroken();
        if (linked && peer.confirmed && peer.last.isPresent() && uncertain.isLaterThan(peer.last.get())) {
            throw new WireException("claims to be a later start or link of "
                    + uncertain.identity().self()
                    + ", but comes from another address, and that node's link is whole");
        }
    }

    private static void checkNotEarlier(Peer peer, Hello hello) throws WireException {
        if (peer.last.isPresent() && peer.last.get().isLaterThan(hello)) {
            throw new WireException("is an earlier incarnation or link of "
                    + hello.identity().self() + ": " + hello.identity().incarnation() + " after "
                    + peer.last.get().identity().incarnation());
        }
    }

    private static boolean isOver(Link link, Hello hello) {
        boolean later =
                link.hello().isPresent() && hello.isLaterThan(link.hello().get());
        return later || link.isBroken() && !link.hello().equals(Optional.of(hello));
    }

    /** The peer has answered on the connection that this node has opened. */
    void answered(Link link, Hello hello) throws WireException {
        if (hello.connection() == 0) {
            throw new WireException("refuses this node; its log says why");
        }
        Peer peer = peer(link.peer());
        forgetImpostor(peer, hello);
        if (link.isBroken()) {
            throw new WireException(link.peer() + " was spoken for by somebody else");
        }
        checkNotEarlier(peer, hello);
        if (link.hello().isPresent() && hello.isLaterThan(link.hello().get())) {
            throw new WireException(link.peer() + " has begun anew");
        }
        introduced(link, peer, hello, true);
        link.outgoing().ifPresent(channel -> tell(hello, channel.remoteAddress()));
    }

    /** Heartbeats go to where the peer is known to listen; where that is a name, to the machine that the connection is with. */
    private void tell(Hello hello, SocketAddress remote) {
        NodeId id = hello.identity().self();
        Optional<InetSocketAddress> known = parts.addresses().addressOf(id);
        if (known.isPresent() && remote instanceof InetSocketAddress connected) {
            InetSocketAddress address = known.get().isUnresolved()
                    ? new InetSocketAddress(connected.getAddress(), known.get().getPort())
                    : known.get();
            parts.listener().introduced(new Introduction(id, hello.identity().incarnation(), hello.key(), address));
        }
    }

    private static void introduced(Link link, Peer peer, Hello hello, boolean confirmed) {
        link.introduced(hello);
        peer.confirmed = confirmed || peer.confirmed && peer.last.equals(Optional.of(hello));
        peer.last = Optional.of(hello);
    }

    void received(Link link, byte[] frame) throws WireException {
        link.received(frame);
        if (News.isNews(frame)) {
            News news = News.decode(frame);
            if (!closed && !link.isBroken()) {
                link.heard(news);
            }
            return;
        }
        Envelope envelope = parts.codec().decode(frame, link.memory());
        if (envelope instanceof Envelope.Payload payload && payload.isDatagram()) {
            throw new WireException("sends a datagram over a connection");
        }
        if (!closed && !link.isBroken()) {
            link.use();
            parts.listener().received(link.peer(), envelope, Integer.BYTES + frame.length);
        }
    }

    /**
     * The link is broken, which its peers are told soon and not before this returns.
     *
     * @param refused whether there was no connection at all
     */
    void lost(Link link, boolean refused) {
        if (link.isBroken()) {
            return;
        }
        link.end();
        if (!closed) {
            notice(link, refused);
        }
    }

    private void notice(Link link, boolean refused) {
        long delayNanos = parts.conditions().noticeDelayNanos(link.peer(), link.incarnation(), refused);
        if (delayNanos == LinkConditions.WHEN_USED) {
            link.noticedWhenUsed();
        } else {
            parts.loop().schedule(() -> breakNow(link), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        }
    }

    /** This node breaks the link with a peer: what is under way on it is lost, and the listener is told at once, even of a link that was not used. */
    void breakWith(NodeId id) {
        Optional<Link> link = Optional.ofNullable(peers.get(id)).flatMap(peer -> peer.link);
        if (link.isEmpty() && !closed) {
            parts.listener().connectionError(id);
        }
        link.ifPresent(used -> {
            used.use();
            breakNow(used);
        });
    }

    /** Protocols pass ids on, so peers choose how many there are; one that cannot say a hello has nothing to be remembered. */
    private void forgetStranger(NodeId id) {
        if (!parts.addresses().knows(id)) {
            peers.remove(id);
        }
    }

    /** How many nodes something is kept of. */
    int remembered() {
        return peers.size();
    }

    private void breakNow(Link link) {
        Peer peer = peers.get(link.peer());
        if (closed || peer == null || !peer.link.equals(Optional.of(link))) {
            return;
        }
        link.end();
        // Until this returns the broken link stands, so that what is sent is lost with it.
        parts.listener().breaking(link.peer());
        peer.link = Optional.empty();
        forgetStranger(link.peer());
        if (link.isUsed()) {
            parts.listener().connectionError(link.peer());
        } else {
            parts.listener().unusedLinkBroken(link.peer());
        }
    }
}
