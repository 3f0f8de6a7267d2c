package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.wire.WireException;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;

/** A connection that a peer has opened: the peer sends over it, this node only answers the hello. */
// Netty tells a handler of failures; what the future of closing says is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
final class IncomingHandler extends FrameHandler {
    private final Links links;
    private Optional<Link> link = Optional.empty();

    IncomingHandler(Links links) {
        super(links);
        this.links = links;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        boolean admitted = links.admitUnidentified();
        context.channel().closeFuture().addListener(closed -> {
            if (link.isEmpty()) {
                links.releaseUnidentified();
            }
        });
        if (admitted) {
            super.channelActive(context);
        } else {
            refuse(context, "too many connections that have not said who they are");
        }
    }

    @Override
    void opened(ChannelHandlerContext context) {
        // Whoever has opened the connection speaks first.
    }

    @Override
    void greeted(ChannelHandlerContext context, Hello hello) throws WireException {
        try {
            hello.checkFits(links.identity());
        } catch (WireException misfit) {
            sayAndClose(context, links.identity());
            throw misfit;
        }
        NodeId peer = hello.identity().self();
        if (links.isCut(peer)) {
            context.close();
            return;
        }
        Link attached = links.attach(hello, context.channel());
        link = Optional.of(attached);
        links.releaseUnidentified();
        admitFrames(context, links.settings().maxFrameBytes(), links.gate(peer));
        // Again: whoever has cut the link meanwhile has not found the handler.
        if (links.isCut(peer)) {
            context.close();
            return;
        }
        writeFrame(context, links.hello(attached).encode(), context.newPromise());
    }

    @Override
    void frame(ChannelHandlerContext context, byte[] frame) throws WireException {
        if (link.isPresent() && !link.get().isBroken()) {
            links.received(link.get(), frame);
        }
    }

    @Override
    void closed() {
        link.ifPresent(attached -> links.lost(attached, false));
    }
}
