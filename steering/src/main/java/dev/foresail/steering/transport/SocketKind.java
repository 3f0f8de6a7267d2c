package dev.foresail.steering.transport;

import dev.foresail.steering.failure.NodeException;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an event loop's sockets are: both ends of a connection may differ. */
public enum SocketKind {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class),
    NIO(NioServerSocketChannel.class, NioSocketChannel.class);

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private final Class<? extends ServerSocketChannel> accepting;
    private final Class<? extends SocketChannel> connecting;

    SocketKind(Class<? extends ServerSocketChannel> accepting, Class<? extends SocketChannel> connecting) {
        this.accepting = accepting;
        this.connecting = connecting;
    }

    /**
     * The kind that is asked for. Where epoll is looked for and is none, the log says so once per process. May read files: not on an event
     * loop.
     *
     * @throws NodeException FS390 when {@link TransportIo#EPOLL} is asked for and there is none
     */
    public static SocketKind choose(TransportIo io) {
        return io == TransportIo.NIO
                ? NIO
                : choose(io, Optional.ofNullable(Epoll.unavailabilityCause()), SocketKind::tellOnce);
    }

    /** @param missing why there is no epoll; empty where there is one */
    static SocketKind choose(TransportIo io, Optional<Throwable> missing, Consumer<String> notice) {
        if (missing.isEmpty()) {
            return EPOLL;
        }
        String reason = reason(missing.get());
        if (io == TransportIo.EPOLL) {
            throw new NodeException(
                    "FS390",
                    "transport.io is epoll, which there is none of here: " + reason + "; say 'auto' or 'nio'",
                    missing.get());
        }
        notice.accept("[FS391] there is no epoll here, so connections are served by NIO, and round trips are those that"
                + " nodes measure: " + reason);
        return NIO;
    }

    private static String reason(Throwable missing) {
        Throwable root = missing;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static void tellOnce(String text) {
        if (TOLD.compareAndSet(false, true)) {
            LOG.info(text);
        }
    }

    /** The kind of an event loop's sockets. */
    static SocketKind of(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class) ? EPOLL : NIO;
    }

    /** What an event loop for such sockets is made with. */
    public IoHandlerFactory handlers() {
        return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    public Class<? extends ServerSocketChannel> accepting() {
        return accepting;
    }

    public Class<? extends SocketChannel> connecting() {
        return connecting;
    }
}
