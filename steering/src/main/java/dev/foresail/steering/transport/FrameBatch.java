package dev.foresail.steering.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Collects the frames that one turn of the event loop sends over a connection and writes them together, in order: what a
 * write costs is paid once a batch. A batch leaves before the loop waits for anything, when it has become long, and before the
 * connection is closed. One per connection; used on its event loop.
 */
// Netty tells a handler of failures; what the futures of closing and writing say is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
final class FrameBatch extends ChannelOutboundHandlerAdapter {
    private static final int FIRST_BYTES = 1 << 12;
    /** A longer batch would only be copied as it grows, and keep the peer waiting. */
    private static final int LONG_BYTES = 1 << 16;

    private final LongConsumer gone;
    private Optional<ChannelHandlerContext> added = Optional.empty();
    private Optional<ByteBuf> batch = Optional.empty();
    private long frameBytes;
    private boolean leavesSoon;

    /** @param gone is told the bytes of the frames, without their lengths, that have left or were dropped */
    FrameBatch(LongConsumer gone) {
        this.gone = gone;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        added = Optional.of(context);
    }

    void add(byte[] frame) {
        ChannelHandlerContext context = added.orElseThrow();
        if (batch.isEmpty()) {
            batch = Optional.of(context.alloc().buffer(Math.max(FIRST_BYTES, Integer.BYTES + frame.length)));
        }
        ByteBuf buffer = batch.get();
        buffer.writeInt(frame.length).writeBytes(frame);
        frameBytes += frame.length;
        if (buffer.readableBytes() >= LONG_BYTES) {
            leave(context);
        } else if (!leavesSoon) {
            leavesSoon = true;
            context.executor().execute(() -> {
                leavesSoon = false;
                leave(context);
            });
        }
    }

    private void leave(ChannelHandlerContext context) {
        if (batch.isPresent()) {
            ByteBuf buffer = batch.get();
            long bytes = frameBytes;
            batch = Optional.empty();
            frameBytes = 0;
            ChannelPromise promise = context.newPromise();
            promise.addListener(done -> gone.accept(bytes));
            context.writeAndFlush(buffer, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        leave(context);
        context.close(promise);
    }
}
