package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.wire.LinkMemory;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What binds this node and a peer: the connection that this node sends over, the one that the peer does, or both. Losing
 * either breaks the link. Not thread-safe.
 */
// Netty tells a handler of failures; what the futures of closing and writing say is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
final class Link implements Errands.Way {
    private final NodeId peer;
    private final long number;
    private final Deque<byte[]> unsent = new ArrayDeque<>();
    private Optional<Hello> hello = Optional.empty();
    private Optional<Channel> incoming = Optional.empty();
    private Optional<Channel> outgoing = Optional.empty();
    private Optional<OutgoingHandler> ready = Optional.empty();
    private boolean opening;
    private boolean broken;
    private boolean noticedWhenUsed;
    private boolean used;
    private long queuedBytes;
    private final LinkMemory memory = new LinkMemory();
    private final Optional<LinkNews> news;

    /** @param number counts this node's links to the peer from 1 */
    Link(NodeId peer, long number, Optional<LinkNews> news) {
        this.peer = peer;
        this.number = number;
        this.news = news;
    }

    /** The news that leave with frames that are sent now; see {@link LinkNews#leaving}. */
    Optional<byte[]> leaving(int bytes, boolean limitedBySender) {
        return news.isPresent() ? news.get().leaving(bytes, limitedBySender) : Optional.empty();
    }

    /** Whether news can be sent at once: there is a connection to send over, and it takes more. */
    boolean isReadyForNews() {
        return !broken && news.isPresent() && ready.isPresent() && ready.get().isWritable();
    }

    @Override
    public LinkNews news() {
        return news.orElseThrow();
    }

    @Override
    public void send(byte[] unasked) {
        ready.orElseThrow().writeNews(unasked);
    }

    /** The kernel knows of the connection that the link sends over. */
    void toldBy(TcpInfo kernel) {
        news.ifPresent(known -> known.toldBy(kernel::read));
    }

    /** A frame of the peer has come. */
    void received(byte[] frame) {
        if (news.isPresent()) {
            news.get().received(Integer.BYTES + frame.length);
        }
    }

    /** The peer's news have come. */
    void heard(News told) {
        news.ifPresent(known -> known.take(told));
    }

    NodeId peer() {
        return peer;
    }

    /** What both ends remember of what has passed. */
    LinkMemory memory() {
        return memory;
    }

    long number() {
        return number;
    }

    /** What the peer has said of itself; empty as long as it has said nothing. */
    Optional<Hello> hello() {
        return hello;
    }

    void introduced(Hello said) {
        hello = Optional.of(said);
    }

    boolean hasIncoming() {
        return incoming.isPresent();
    }

    void attachIncoming(Channel channel) {
        incoming = Optional.of(channel);
    }

    /** Whether a connection to send over is there or being made. */
    boolean isOpened() {
        return opening;
    }

    /** A connection to send over is being made, though there is no channel yet. */
    void opening() {
        opening = true;
    }

    void attachOutgoing(Channel channel) {
        opening = true;
        outgoing = Optional.of(channel);
    }

    /** The connection that this node sends over, if it has begun to make one. */
    Optional<Channel> outgoing() {
        return outgoing;
    }

    boolean isBroken() {
        return broken;
    }

    /** The peer's incarnation; empty as long as it has said nothing. */
    OptionalLong incarnation() {
        return hello.isPresent() ? OptionalLong.of(hello.get().identity().incarnation()) : OptionalLong.empty();
    }

    /** Nobody will say that the broken link is broken, unless it is used. */
    void noticedWhenUsed() {
        noticedWhenUsed = true;
    }

    /** Whether this is the use at which a broken link is noticed. */
    boolean isNoticedNow() {
        boolean now = noticedWhenUsed;
        noticedWhenUsed = false;
        return now;
    }

    /** Something goes over the link, or has come over it, besides who is who. */
    void use() {
        used = true;
    }

    boolean isUsed() {
        return used;
    }

    /** The bytes that wait, whether for the connection, in an emulated network or in the socket. */
    long queuedBytes() {
        return queuedBytes;
    }

    /** Sends a frame now, or once the connection is ready. */
    void sendFrame(byte[] frame) {
        queuedBytes += frame.length;
        if (ready.isPresent()) {
            ready.get().write(frame);
        } else {
            unsent.add(frame);
        }
    }

    /** So many bytes of frames wait no more: they have left, or were dropped. */
    void left(long bytes) {
        queuedBytes -= bytes;
    }

    /** The connection is ready; what waited for it goes out. */
    void ready(OutgoingHandler handler) {
        ready = Optional.of(handler);
        while (!unsent.isEmpty() && !broken) {
            handler.write(unsent.removeFirst());
        }
    }

    /** Ends the link; its connections are closed and what waits is dropped. */
    void end() {
        broken = true;
        unsent.clear();
        incoming.ifPresent(Channel::close);
        outgoing.ifPresent(Channel::close);
    }
}
