package dev.foresail.steering.emulation;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/** The receiving end of an emulated connection: lets everything in until it is shut. One per connection. */
// The listener only forgets.
@SuppressWarnings("FutureReturnValueIgnored")
final class LinkGate extends ChannelInboundHandlerAdapter {
    private volatile boolean shut;
    private volatile Optional<ChannelHandlerContext> added = Optional.empty();

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        added = Optional.of(context);
        // Whoever can still name the link shall not keep the node that the connection was of.
        context.channel().closeFuture().addListener(closed -> added = Optional.empty());
    }

    /** Drops from now on what has not been handled yet, and resets the connection. Thread-safe. */
    void shut() {
        shut = true;
        OnItsLoop.reset(added);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (shut) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
