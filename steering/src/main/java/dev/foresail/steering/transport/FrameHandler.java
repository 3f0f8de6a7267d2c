package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.security.Credentials;
import dev.foresail.steering.security.PeerCertificate;
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
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, as far as both directions are alike: with security a handshake first, then a hello, both within the
 * hello's time; and whatever is wrong closes it with a logged reason.
 */
// Netty tells a handler of failures; what the futures of closing and writing say is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
abstract class FrameHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** The name of what cuts frames out of the stream; until the hello it takes none longer than a hello. */
    static final String DECODER = "frames";

    private final Optional<Credentials> credentials;
    private final LimitedLog refusals;
    private final long helloTimeoutMillis;
    private Optional<PeerCertificate> certificate = Optional.empty();
    private boolean greeted;
    private boolean refused;

    FrameHandler(Links links) {
        this.credentials = links.credentials();
        this.refusals = links.refusals();
        this.helloTimeoutMillis = links.settings().helloTimeout().toMillis();
    }

    static ChannelHandler decoder(int maxFrameBytes) {
        return new LengthFieldBasedFrameDecoder(maxFrameBytes + Integer.BYTES, 0, Integer.BYTES, 0, Integer.BYTES);
    }

    /** From now on frames may be as long as {@code maxFrameBytes}, and pass {@code gate} if there is one. */
    final void admitFrames(ChannelHandlerContext context, int maxFrameBytes, Optional<ChannelHandler> gate) {
        if (gate.isPresent()) {
            context.pipeline().replace(DECODER, DECODER, decoder(maxFrameBytes));
            context.pipeline().addBefore(context.name(), "emulation", gate.get());
        } else {
            context.pipeline().replace(DECODER, DECODER, new FrameReader(maxFrameBytes, this, context));
        }
    }

    /** The other side is there and, with security, has a certificate with which it may talk to this node. */
    abstract void opened(ChannelHandlerContext context);

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
        if (credentials.isEmpty()) {
            opened(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake && credentials.isPresent()) {
            if (handshake.isSuccess()) {
                authenticate(context, credentials.get());
            } else if (!(handshake.cause() instanceof ClosedChannelException)) {
                refuse(context, "FS314", explained(handshake.cause()));
            }
        }
        super.userEventTriggered(context, event);
    }

    private void authenticate(ChannelHandlerContext context, Credentials own) throws SSLPeerUnverifiedException {
        PeerCertificate shown = own.peer(context.pipeline().get(SslHandler.class));
        Optional<String> refusal = refusal(shown);
        if (refusal.isPresent()) {
            refuse(context, "FS315", refusal.get());
        } else {
            certificate = Optional.of(shown);
            opened(context);
        }
    }

    /** Why nothing is said to who has this certificate; empty when something is. */
    Optional<String> refusal(PeerCertificate shown) {
        return shown.refusal();
    }

    private String explained(Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            return "it does not speak TLS";
        } else if (cause instanceof SslHandshakeTimeoutException) {
            return "the TLS handshake was not over after " + helloTimeoutMillis + " ms";
        }
        return "TLS: " + cause.getMessage();
    }

    private void expectHello(ChannelHandlerContext context) {
        if (!greeted) {
            refuse(context, "said nothing for " + helloTimeoutMillis + " ms");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        take(context, ByteBufUtil.getBytes(message));
    }

    /** Takes the next frame. */
    final void take(ChannelHandlerContext context, byte[] bytes) {
        if (refused || !context.channel().isActive()) {
            return;
        }
        try {
            if (greeted) {
                frame(context, bytes);
            } else {
                Hello hello = Hello.decode(bytes);
                greeted = true;
                if (isWhoItSays(context, hello.identity().self())) {
                    greeted(context, hello);
                }
            }
        } catch (WireException wrong) {
            refuse(context, String.valueOf(wrong.getMessage()));
        }
    }

    private boolean isWhoItSays(ChannelHandlerContext context, NodeId claimed) {
        Optional<String> refusal = certificate.flatMap(shown -> shown.refusal(claimed));
        refusal.ifPresent(reason -> refuse(context, "FS315", reason));
        return refusal.isEmpty();
    }

    void refuse(ChannelHandlerContext context, String reason) {
        refuse(context, "FS213", reason);
    }

    private void refuse(ChannelHandlerContext context, String code, String reason) {
        if (!refused) {
            refused = true;
            refusals.warn(
                    code,
                    () -> "closed the connection with " + context.channel().remoteAddress() + ": " + reason);
            context.close();
        }
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
        writeFrame(context, new Hello(own, HeartbeatKey.NONE, 0).encode(), said);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            context.close();
        } else if (cause instanceof DecoderException && cause.getCause() instanceof SSLException tls) {
            refuse(context, "FS314", explained(tls));
        } else if (cause instanceof DecoderException) {
            refuse(context, String.valueOf(cause.getMessage()));
        } else {
            LOG.error("[FS151] the connection with {} failed", context.channel().remoteAddress(), cause);
            context.close();
        }
    }
}
