package dev.foresail.steering.emulation;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done from outside to a connection, on its event loop; nothing once the node has ended, and its loop with it. */
// Netty tells a handler of failures; what the future of closing says is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
final class OnItsLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EmulatedNetwork.class);

    private OnItsLoop() {}

    static void run(Optional<ChannelHandlerContext> connection, Consumer<ChannelHandlerContext> task) {
        connection.ifPresent(context -> {
            try {
                context.executor().execute(() -> task.accept(context));
            } catch (RejectedExecutionException ended) {
                LOG.debug("the node of the connection {} has ended", context.channel());
            }
        });
    }

    /** Ends the connection at once: what is under way is lost, and the other end is told. */
    static void reset(Optional<ChannelHandlerContext> connection) {
        run(connection, context -> {
            if (context.channel().isOpen()) {
                context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                context.close();
            }
        });
    }
}
