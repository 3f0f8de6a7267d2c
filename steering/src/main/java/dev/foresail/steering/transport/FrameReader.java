package dev.foresail.steering.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;

/**
 * Cuts a stream into frames and hands each over at once, where no other handler is to see them: that saves a slice and a way
 * through the pipeline per frame. On the connection's event loop.
 */
final class FrameReader extends ByteToMessageDecoder {
    private final int maxFrameBytes;
    private final FrameHandler handler;
    private final ChannelHandlerContext handlerContext;

    FrameReader(int maxFrameBytes, FrameHandler handler, ChannelHandlerContext handlerContext) {
        this.maxFrameBytes = maxFrameBytes;
        this.handler = handler;
        this.handlerContext = handlerContext;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        while (in.readableBytes() >= Integer.BYTES) {
            int length = in.getInt(in.readerIndex());
            if (length < 0 || length > maxFrameBytes) {
                in.skipBytes(in.readableBytes());
                throw new TooLongFrameException("the length of a frame exceeds " + (maxFrameBytes + Integer.BYTES)
                        + ": " + (Integer.toUnsignedLong(length) + Integer.BYTES));
            }
            if (in.readableBytes() - Integer.BYTES < length) {
                return;
            }
            byte[] frame = new byte[length];
            in.skipBytes(Integer.BYTES).readBytes(frame);
            handler.take(handlerContext, frame);
        }
    }
}
