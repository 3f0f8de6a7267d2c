package dev.foresail.steering.operations;

import dev.foresail.steering.failure.NodeException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP for operators' tools, on a thread of its own, so that a node whose event loop hangs can still say so. Metrics, health
 * and readiness are for everybody who can connect; status and the mode of steering for those who show the token. Nothing is
 * encrypted. Each connection serves one request, is closed after a few seconds whatever it does, and is one of few.
 */
// The futures are of closing, which nobody waits for.
@SuppressWarnings("FutureReturnValueIgnored")
public final class OperationsServer {
    private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_BODY_BYTES = 1024;
    private static final long LONGEST_CONNECTION_SECONDS = 10;

    private final MultiThreadIoEventLoopGroup group;
    private final ChannelGroup channels;
    private final InetSocketAddress address;
    private final AtomicInteger connections = new AtomicInteger();

    private OperationsServer(String name, InetSocketAddress listen, OperatedNode node, OperatorToken token) {
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
        channels = new DefaultChannelGroup(group.next(), true);
        try {
            address = bind(listen, new Routes(name, node, token, group.next()));
        } catch (RuntimeException | Error cannot) {
            close();
            throw cannot;
        }
    }

    /**
     * Starts to listen; waits until it does, so not to be called on an event loop.
     *
     * @param name of its thread, and in its log
     * @throws NodeException FS210 when it cannot listen; FS320 or FS321 when the file with the token cannot be used
     */
    public static OperationsServer start(String name, OperationsSettings settings, OperatedNode node) {
        return new OperationsServer(name, settings.listen(), node, OperatorToken.read(settings.token()));
    }

    private InetSocketAddress bind(InetSocketAddress listen, Routes routes) {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connected(channel, routes);
                    }
                })
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            String why = Optional.ofNullable(bound.cause())
                    .map(Throwable::getMessage)
                    .orElse("cancelled");
            throw new NodeException(
                    "FS210",
                    "cannot listen on " + listen + " for operators: " + why
                            + "; end the program that uses the port, or listen on another",
                    bound.cause());
        }
        channels.add(bound.channel());
        InetSocketAddress taken = (InetSocketAddress) bound.channel().localAddress();
        if (!taken.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "[FS327] operators' tools are served on {}, which other machines reach, and nothing is encrypted",
                    taken);
        }
        return taken;
    }

    private void connected(Channel channel, Routes routes) {
        channels.add(channel);
        Future<?> limit =
                channel.eventLoop().schedule(() -> channel.close(), LONGEST_CONNECTION_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> {
            connections.decrementAndGet();
            limit.cancel(false);
        });
        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            channel.close();
            return;
        }
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(MOST_BODY_BYTES, true))
                .addLast(new RequestHandler(routes));
    }

    /** Where it listens, with the port that it has taken. */
    public InetSocketAddress address() {
        return address;
    }

    /** Ends it, soon; waits for nothing, so may be called on an event loop. */
    public void close() {
        // A loop that is told to end at once may end without closing its channels.
        channels.close();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }

    /** Waits until it has ended. */
    public void awaitEnd(long seconds) throws InterruptedException {
        group.terminationFuture().await(seconds, TimeUnit.SECONDS);
    }
}
