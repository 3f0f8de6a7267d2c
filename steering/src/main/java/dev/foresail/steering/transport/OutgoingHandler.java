package dev.foresail.steering.transport;

import dev.foresail.steering.security.PeerCertificate;
import dev.foresail.steering.wire.WireException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.Optional;

/** A connection that this node has opened: it sends over it, the peer only answers the hello. */
// Netty tells a handler of failures; what the futures of closing and writing say is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
final class OutgoingHandler extends FrameHandler {
    private final Links links;
    private final Link link;
    private Optional<ChannelHandlerContext> added = Optional.empty();
    /** Empty where an emulated link is to see frame by frame. */
    private Optional<FrameBatch> batch = Optional.empty();

    OutgoingHandler(Links links, Link link) {
        super(links);
        this.links = links;
        this.link = link;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        added = Optional.of(context);
    }

    /** It is talked to as the peer, so it has to be the peer before anything is said. */
    @Override
    Optional<String> refusal(PeerCertificate shown) {
        return shown.refusal(link.peer());
    }

    @Override
    void opened(ChannelHandlerContext context) {
        if (link.isBroken()) {
            context.close();
        } else {
            writeFrame(context, links.hello(link).encode(), context.newPromise());
        }
    }

    @Override
    void greeted(ChannelHandlerContext context, Hello hello) throws WireException {
        hello.checkFits(links.identity());
        if (!hello.identity().self().equals(link.peer())) {
            throw new WireException(
                    "is " + hello.identity().self() + ", not " + link.peer() + "; look at the peers' addresses");
        }
        links.answered(link, hello);
        Optional<ChannelHandler> emulation = links.emulation(link.peer());
        if (emulation.isPresent()) {
            context.pipeline().addBefore(context.name(), "emulation", emulation.get());
        } else {
            FrameBatch frames = new FrameBatch(link::left, link::leaving);
            context.pipeline().remove(FlushConsolidationHandler.class);
            context.pipeline().addBefore(context.name(), "batch", frames);
            batch = Optional.of(frames);
            // Of an emulated link the kernel sees nothing.
            TcpInfo.of(context.channel()).ifPresent(link::toldBy);
        }
        // Only now: whoever cuts the link later finds the handler that is to break the connection.
        if (links.isCut(link.peer())) {
            context.close();
        } else {
            link.ready(this);
        }
    }

    @Override
    void frame(ChannelHandlerContext context, byte[] frame) throws WireException {
        throw new WireException("sends over a connection that it only receives on");
    }

    /** Sends a frame; the link is told when it has left, or was dropped. */
    void write(byte[] frame) {
        if (batch.isPresent()) {
            batch.get().add(frame);
        } else {
            ChannelHandlerContext context = added.orElseThrow();
            ChannelPromise promise = context.newPromise();
            promise.addListener(done -> link.left(frame.length));
            writeFrame(context, frame, promise);
            link.leaving(Integer.BYTES + frame.length, context.channel().isWritable())
                    .ifPresent(news -> writeFrame(context, news, context.newPromise()));
        }
    }

    boolean isWritable() {
        return added.isPresent() && added.get().channel().isWritable();
    }

    /** Sends news that leave on their own; what waits to be sent together leaves soon after. */
    void writeNews(byte[] news) {
        ChannelHandlerContext context = added.orElseThrow();
        writeFrame(context, news, context.newPromise());
    }

    @Override
    void closed() {
        links.lost(link, false);
    }
}
