package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.HeartbeatKeys;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.security.Credentials;
import dev.foresail.steering.wire.WireCodec;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's connections: TCP, frames with a four-byte length, opened on demand. Messages to a peer arrive in order or the link
 * breaks. Everything runs on the event loop it is given; {@link #send} is called there, and never blocks.
 */
// Netty tells a handler of failures; what the futures of closing and writing say is known here already.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Transport {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private static final long FAREWELL_MILLIS = 1_000;

    private final Parts parts;
    private final SocketKind kind;
    private final Links links;
    private final ChannelGroup channels;
    private volatile Optional<Future<?>> watching = Optional.empty();
    private final ExecutorService lookups = threads("foresail-lookup");
    private final ExecutorService handshakes = threads("foresail-handshake");

    public Transport(Parts parts) {
        this.parts = parts;
        this.kind = SocketKind.of(parts.loop());
        this.links = new Links(parts, this::connect);
        this.channels = new DefaultChannelGroup(parts.loop(), true);
    }

    /**
     * What a transport is put together from.
     *
     * @param keys which peers are told, each its own, to know this node's heartbeats by
     * @param news where news of links come from and go; empty: none are sent, and what peers tell is left out
     * @param credentials with which all connections are TLS, from both sides; empty: none is
     */
    public record Parts(
            EventLoop loop,
            Identity identity,
            HeartbeatKeys keys,
            Optional<Credentials> credentials,
            WireCodec<?> codec,
            AddressBook addresses,
            LinkConditions conditions,
            TransportSettings settings,
            TransportListener listener,
            Optional<NewsDesk> news) {}

    /**
     * Starts to listen; waits until it does, so not to be called on an event loop.
     *
     * @return where it listens, with the port that was taken
     * @throws NodeException FS210 when it cannot
     */
    public InetSocketAddress listen(InetSocketAddress address) {
        ServerBootstrap server = new ServerBootstrap()
                .group(parts.loop(), parts.loop())
                .channel(kind.accepting())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(pipeline(true, () -> new IncomingHandler(links)));
        ChannelFuture bound = server.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new NodeException(
                    "FS210",
                    "cannot listen on " + address + ": "
                            + Optional.ofNullable(bound.cause())
                                    .map(Throwable::getMessage)
                                    .orElse("cancelled")
                            + "; end the program that uses the port, or listen on another",
                    bound.cause());
        }
        channels.add(bound.channel());
        parts.news().ifPresent(this::watch);
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private void watch(NewsDesk desk) {
        long intervalNanos = parts.settings().newsInterval().toNanos();
        LinkWatch watch =
                new LinkWatch(links::readyForNews, desk, parts.settings().probes());
        watching = Optional.of(
                parts.loop().scheduleWithFixedDelay(watch, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS));
    }

    private ChannelHandler pipeline(boolean accepted, Supplier<FrameHandler> last) {
        return new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channels.add(channel);
                parts.credentials()
                        .ifPresent(credentials -> channel.pipeline()
                                .addLast(credentials.handler(
                                        accepted,
                                        channel.alloc(),
                                        handshakes,
                                        parts.settings().helloTimeout())));
                channel.pipeline()
                        .addLast(new FlushConsolidationHandler(256, true))
                        .addLast(FrameHandler.DECODER, FrameHandler.decoder(Hello.MAX_BYTES))
                        .addLast(last.get());
            }
        };
    }

    /** What it is put together from, for what shares its loop, keys and addresses, such as {@link Datagrams}. */
    public Parts parts() {
        return parts;
    }

    /** Sends to a peer, over a new connection when there is none. */
    public void send(NodeId to, Envelope envelope) {
        links.send(to, envelope);
    }

    /** Sees to it that a peer and this node tell each other who they are, over a new connection when there is none. */
    public void introduce(NodeId to) {
        links.introduce(to);
    }

    /** The peers that are connected and have said who they are, in order. */
    public List<NodeId> connectedPeers() {
        return links.connected();
    }

    /** Breaks the connections to a peer; the listener is told before this returns. */
    public void breakConnection(NodeId peer) {
        links.breakWith(peer);
    }

    private void connect(Link link) {
        if (links.isCut(link.peer())) {
            link.opening();
            links.lost(link, true);
            return;
        }
        Optional<InetSocketAddress> address = parts.addresses().addressOf(link.peer());
        if (address.isEmpty()) {
            links.unreachable().warn("FS214", () -> "nobody knows where " + link.peer() + " is; add it to the peers");
            links.lost(link, true);
            return;
        }
        if (address.get().isUnresolved()) {
            link.opening();
            lookUp(link, address.get());
        } else {
            connect(link, address.get());
        }
    }

    /** What blocks or takes long, such as looking up a host's name, has threads of its own; they end when idle. */
    private static ExecutorService threads(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(name, true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private void lookUp(Link link, InetSocketAddress named) {
        try {
            lookups.execute(() -> {
                Optional<InetAddress> found = lookUp(named.getHostString());
                onLoop(() -> lookedUp(link, named, found));
            });
        } catch (RejectedExecutionException closed) {
            LOG.debug("the node has ended before {} was looked up", named);
        }
    }

    private static Optional<InetAddress> lookUp(String host) {
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException | SecurityException unknown) {
            return Optional.empty();
        }
    }

    private void onLoop(Runnable task) {
        try {
            parts.loop().execute(task);
        } catch (RejectedExecutionException ended) {
            LOG.debug("a host was looked up after the end of the node");
        }
    }

    private void lookedUp(Link link, InetSocketAddress named, Optional<InetAddress> found) {
        if (found.isEmpty()) {
            links.unreachable()
                    .warn(
                            "FS214",
                            () -> "the name of the host " + named.getHostString()
                                    + " is unknown; look at the peers' addresses");
            links.lost(link, true);
        } else if (!link.isBroken() && !lookups.isShutdown()) {
            connect(link, new InetSocketAddress(found.get(), named.getPort()));
        }
    }

    private void connect(Link link, InetSocketAddress address) {
        Bootstrap client = new Bootstrap()
                .group(parts.loop())
                .disableResolver()
                .channel(kind.connecting())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        parts.settings().connectTimeout().toMillis())
                .handler(pipeline(false, () -> new OutgoingHandler(links, link)));
        ChannelFuture connecting = client.connect(address);
        link.attachOutgoing(connecting.channel());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                links.lost(link, true);
            }
        });
    }

    /** Closes all connections in order: what was written goes out. On the event loop. */
    public void close() {
        endThreads();
        links.close();
        channels.close();
    }

    private void endThreads() {
        watching.ifPresent(watch -> watch.cancel(false));
        lookups.shutdownNow();
        handshakes.shutdown();
    }

    /** Resets all connections, as the end of a process does: peers are told nothing. On the event loop. */
    public void kill() {
        endThreads();
        links.close();
        for (Channel channel : channels) {
            if (channel instanceof SocketChannel) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                closeWithoutFarewell(channel);
            }
        }
        channels.close();
    }

    /**
     * Does something once everything is closed, after {@link #close} or {@link #kill}: soon, as a peer that does not take
     * TLS's farewell is not waited for long. On the event loop.
     */
    public void whenClosed(Runnable then) {
        Future<?> giveUp = parts.loop().schedule(this::kill, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        channels.newCloseFuture().addListener(closed -> {
            giveUp.cancel(false);
            then.run();
        });
    }

    /** TLS would say goodbye. */
    private static void closeWithoutFarewell(Channel channel) {
        ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
        if (tls != null) {
            tls.close();
        }
    }
}
