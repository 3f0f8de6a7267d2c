package dev.foresail.steering.operations;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the one request of a connection, then closes it. On the event loop of the connection only. */
// What fails closes the connection, and Netty tells that.
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);
    /** How long a node may take. */
    static final long PATIENCE_MILLIS = 1000;

    static final Answer LATE = Answer.mistake(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "FS325",
            "the node's event loop has not answered within a second; what was asked for is done as soon as it does");

    private final Routes routes;
    private boolean asked;
    private boolean answered;

    RequestHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (asked) {
            return;
        }
        asked = true;
        answer(context, request)
                .whenComplete((answer, thrown) -> context.executor()
                        .execute(() -> respond(
                                context,
                                Optional.ofNullable(thrown)
                                        .map(RequestHandler::failed)
                                        .orElse(answer))));
        context.executor().schedule(() -> respond(context, LATE), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Answer> answer(ChannelHandlerContext context, FullHttpRequest request) {
        try {
            InetSocketAddress from = (InetSocketAddress) context.channel().remoteAddress();
            return routes.answer(request, from.getAddress());
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private static Answer failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof IllegalStateException) {
            return Answer.mistake(HttpResponseStatus.SERVICE_UNAVAILABLE, "FS325", String.valueOf(cause.getMessage()));
        }
        LOG.error("[FS270] a request of an operator cannot be answered", cause);
        return Answer.mistake(HttpResponseStatus.INTERNAL_SERVER_ERROR, "FS270", "internal error: " + cause);
    }

    private void respond(ChannelHandlerContext context, Answer answer) {
        if (answered) {
            return;
        }
        answered = true;
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (answer.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection of an operator broke", cause);
        context.close();
    }
}
