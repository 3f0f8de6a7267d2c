package dev.foresail.steering.emulation;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** What may be done to a connection from other threads, also when it is gone, with its node and the node's event loop. */
// Netty tells a handler of failures; what the future of closing says is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectionReset {
    private ConnectionReset() {}

    /** Resets a connection, if it is still there. */
    static void reset(Optional<ChannelHandlerContext> added) {
        onLoop(added, context -> {
            if (context.channel().isOpen()) {
                context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                context.close();
            }
        });
    }

    /** Does something on the event loop of a connection, if both are still there. */
    static void onLoop(Optional<ChannelHandlerContext> added, Consumer<ChannelHandlerContext> action) {
        added.ifPresent(context -> {
            try {
                context.executor().execute(() -> action.accept(context));
            } catch (RejectedExecutionException ended) {
                // The node has ended since it was asked whether there is a connection, and that with it.
            }
        });
    }
}
