package dev.foresail.steering.transport;

import dev.foresail.steering.wire.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, as far as both directions are alike: a hello within its time first, and whatever is wrong closes it with
 * a logged reason.
 */
// Netty tells a handler of failures; what the futures of closing and writing say is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
abstract class FrameHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** The name of what cuts frames out of the stream; until the hello it takes none longer than a hello. */
    static final String DECODER = "frames";

    private final long helloTimeoutMillis;
    private boolean greeted;

    FrameHandler(TransportSettings settings) {
        this.helloTimeoutMillis = settings.helloTimeout().toMillis();
    }

    static ChannelHandler decoder(int maxFrameBytes) {
        return new LengthFieldBasedFrameDecoder(maxFrameBytes + Integer.BYTES, 0, Integer.BYTES, 0, Integer.BYTES);
    }

    /** From now on frames may be as long as {@code maxFrameBytes}. */
    static void admitFrames(ChannelHandlerContext context, int maxFrameBytes) {
        context.pipeline().replace(DECODER, DECODER, decoder(maxFrameBytes));
    }

    /** The peer's hello. */
    abstract void greeted(ChannelHandlerContext context, Hello hello) throws WireException;

    /** A frame after the hello. */
    abstract void frame(ChannelHandlerContext context, byte[] frame) throws WireException;

    /** The connection is closed. */
    abstract void closed();

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ScheduledFuture<?> timeout =
                context.executor().schedule(() -> expectHello(context), helloTimeoutMillis, TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(done -> timeout.cancel(false));
    }

    private void expectHello(ChannelHandlerContext context) {
        if (!greeted) {
            refuse(context, "said nothing for " + helloTimeoutMillis + " ms");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        if (!context.channel().isActive()) {
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(message);
        try {
            if (greeted) {
                frame(context, bytes);
            } else {
                Hello hello = Hello.decode(bytes);
                greeted = true;
                greeted(context, hello);
            }
        } catch (WireException wrong) {
            refuse(context, String.valueOf(wrong.getMessage()));
        }
    }

    void refuse(ChannelHandlerContext context, String reason) {
        LOG.warn("[FS213] closed the connection with {}: {}", context.channel().remoteAddress(), reason);
        context.close();
    }

    static void writeFrame(ChannelHandlerContext context, byte[] frame, ChannelPromise promise) {
        ByteBuf buffer = context.alloc().buffer(Integer.BYTES + frame.length);
        buffer.writeInt(frame.length);
        buffer.writeBytes(frame);
        context.writeAndFlush(buffer, promise);
    }

    /** Says who this node is before it closes a connection that it cannot use, so that the peer can say why. */
    static void sayAndClose(ChannelHandlerContext context, Identity own) {
        ChannelPromise said = context.newPromise();
        said.addListener(ChannelFutureListener.CLOSE);
        writeFrame(context, new Hello(own, 0).encode(), said);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            context.close();
        } else if (cause instanceof DecoderException) {
            refuse(context, String.valueOf(cause.getMessage()));
        } else {
            LOG.error("[FS151] the connection with {} failed", context.channel().remoteAddress(), cause);
            context.close();
        }
    }
}
