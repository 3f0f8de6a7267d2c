package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.failure.NodeException;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SocketKindTest {
    private static final Optional<Throwable> MISSING =
            Optional.of(new UnsatisfiedLinkError("not here").initCause(new IllegalStateException("only on Linux")));

    private final List<String> notices = new ArrayList<>();

    @Test
    void epollIsTakenWhereItIs() {
        assertEquals(SocketKind.EPOLL, SocketKind.choose(TransportIo.AUTO, Optional.empty(), notices::add));
        assertEquals(SocketKind.EPOLL, SocketKind.choose(TransportIo.EPOLL, Optional.empty(), notices::add));
        assertEquals(List.of(), notices);
        assertEquals(SocketKind.NIO, SocketKind.choose(TransportIo.NIO));
    }

    @Test
    void whereItIsNotTheLogSaysWhyAndNioServes() {
        assertEquals(SocketKind.NIO, SocketKind.choose(TransportIo.AUTO, MISSING, notices::add));
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).startsWith("[FS391]"), notices::toString);
        assertTrue(notices.get(0).endsWith("only on Linux"), notices::toString);
    }

    @Test
    void whoAsksForItIsTold() {
        NodeException refused =
                assertThrows(NodeException.class, () -> SocketKind.choose(TransportIo.EPOLL, MISSING, notices::add));
        assertEquals("FS390", refused.code());
        assertTrue(refused.getMessage().contains("only on Linux"), refused::getMessage);
    }

    @Test
    void aLoopsSocketsAreOfTheKindThatItWasMadeWith() {
        for (SocketKind kind : Epoll.isAvailable() ? SocketKind.values() : new SocketKind[] {SocketKind.NIO}) {
            MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, kind.handlers());
            assertEquals(kind, SocketKind.of(group.next()));
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
