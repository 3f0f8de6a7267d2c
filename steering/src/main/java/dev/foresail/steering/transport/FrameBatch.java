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
    private final Leaving leaving;
    private Optional<ChannelHandlerContext> added = Optional.empty();
    private Optional<ByteBuf> batch = Optional.empty();
    private long frameBytes;
    private boolean leavesSoon;

    /** What may leave with a batch. */
    interface Leaving {
        /**
         * A frame that leaves with so many bytes; nobody waits for it, so it is not counted among those that are gone.
         *
         * @param limitedBySender whether the connection would take more
         */
        Optional<byte[]> with(int bytes, boolean limitedBySender);
    }

    /**
     * @param gone is told the bytes of the frames, without their lengths, that have left or were dropped
     * @param leaving is told of each batch and may add to it
     */
    FrameBatch(LongConsumer gone, Leaving leaving) {
        this.gone = gone;
        this.leaving = leaving;
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
            leaving.with(buffer.readableBytes(), context.channel().isWritable())
                    .ifPresent(frame -> buffer.writeInt(frame.length).writeBytes(frame));
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
