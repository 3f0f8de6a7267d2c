package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.TallyMachine;
import dev.foresail.steering.fixture.Triage;
import dev.foresail.steering.fixture.TriageMachine;
import dev.foresail.steering.transport.TransportListener;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In which order a live node handles what its event loop has read at once. */
final class UrgentFirstTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> handled = new ArrayList<>();
    private final TransportListener handler = new TransportListener() {
        @Override
        public void received(NodeId from, Envelope envelope, int frameBytes) {
            handled.add(from + " " + ((Envelope.Payload) envelope).message());
        }

        @Override
        public void connectionError(NodeId peer) {
            handled.add(peer + " broken");
        }
    };
    private final TransportListener inbox = UrgentFirst.before(handler, new TriageMachine(), tasks::add);

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    private static Envelope usual(int number) {
        return new Envelope.Payload(number, 0, new Triage.Routine(number));
    }

    private static Envelope urgent(int number) {
        return new Envelope.Payload(number, 0, new Triage.Emergency(number));
    }

    @Test
    void urgentMessagesOfOthersGoFirstAndThoseBehindTheirOwnDoNot() {
        inbox.received(ONE, usual(1), 100);
        inbox.received(ONE, urgent(2), 100);
        inbox.received(TWO, urgent(1), 100);
        inbox.received(TWO, usual(2), 100);
        inbox.received(ONE, Envelope.Payload.datagram(0, new Triage.Emergency(9), Optional.empty()), 100);
        assertEquals(List.of(), handled, "what is read is put aside");
        runTasks();
        assertEquals(
                List.of(
                        "n2 Emergency[number=1]",
                        "n1 Emergency[number=9]",
                        "n1 Routine[number=1]",
                        "n1 Emergency[number=2]",
                        "n2 Routine[number=2]"),
                handled);
    }

    @Test
    void aBreakComesAfterWhatCameBeforeItAndBeforeTheNextConnection() {
        inbox.received(TWO, usual(7), 100);
        inbox.received(ONE, usual(1), 100);
        inbox.received(ONE, urgent(2), 100);
        inbox.breaking(ONE);
        inbox.connectionError(ONE);
        assertEquals(List.of("n1 Routine[number=1]", "n1 Emergency[number=2]", "n1 broken"), handled);
        inbox.received(ONE, urgent(1), 100);
        runTasks();
        assertEquals(
                List.of("n1 Emergency[number=1]", "n2 Routine[number=7]"),
                handled.subList(3, 5),
                "nothing of the old connection keeps it waiting");
    }

    @Test
    void betweenAFewTheLoopLooksAtItsConnectionsAgain() {
        for (int number = 1; number <= 100; number++) {
            inbox.received(ONE, usual(number), 100);
        }
        tasks.removeFirst().run();
        assertTrue(handled.size() < 100 && !tasks.isEmpty());
        inbox.received(TWO, urgent(1), 100);
        tasks.removeFirst().run();
        assertTrue(handled.contains("n2 Emergency[number=1]") && handled.size() < 100);
        runTasks();
        assertEquals(101, handled.size());
    }

    @Test
    void whenTooMuchWaitsReadingWaitsForIt() {
        for (int number = 1; number <= UrgentFirst.MOST_WAITING + 10; number++) {
            inbox.received(ONE, usual(number), 100);
        }
        assertEquals(10, handled.size());
    }

    @Test
    void whenWhatWaitsIsTooLongReadingWaitsForItToo() {
        for (int number = 1; number <= 20; number++) {
            inbox.received(ONE, usual(number), 1 << 20);
        }
        assertEquals(4, handled.size());
    }

    /** The handler of the first message sends a datagram to a socket of the same loop, and arms a timer. */
    @Test
    void anUrgentMessageAndATimerComeBetweenWhatWaits() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (DatagramSocket sender = new DatagramSocket()) {
            EventLoop loop = group.next();
            List<String> seen = new ArrayList<>();
            CompletableFuture<Integer> read = new CompletableFuture<>();
            Channel socket = new Bootstrap()
                    .group(loop)
                    .channel(NioDatagramChannel.class)
                    .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                            read.complete(seen.size());
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
            CompletableFuture<Integer> fired = new CompletableFuture<>();
            CompletableFuture<Integer> all = new CompletableFuture<>();
            TransportListener slow = new TransportListener() {
                @Override
                public void received(NodeId from, Envelope envelope, int frameBytes) {
                    if (seen.isEmpty()) {
                        loop.schedule(() -> fired.complete(seen.size()), 0, TimeUnit.NANOSECONDS);
                        send(sender, socket.localAddress());
                    }
                    seen.add(from.toString());
                    if (seen.size() == 1000) {
                        all.complete(seen.size());
                    }
                }

                @Override
                public void connectionError(NodeId peer) {}
            };
            TransportListener waiting = UrgentFirst.before(slow, new TriageMachine(), UrgentFirst.turnsOf(loop));
            loop.execute(() -> {
                for (int number = 1; number <= 1000; number++) {
                    waiting.received(ONE, usual(number), 100);
                }
            });
            assertEquals(1000, all.get(1, TimeUnit.MINUTES));
            assertTrue(fired.get(1, TimeUnit.MINUTES) < 100, () -> "the timer fired after " + fired.join());
            assertTrue(read.get(1, TimeUnit.MINUTES) < 100, () -> "the socket was read after " + read.join());
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }

    private static void send(DatagramSocket from, SocketAddress to) {
        try {
            from.send(new java.net.DatagramPacket(new byte[1], 1, to));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Test
    void betweenLiveNodesNothingIsLostAndAConnectionKeepsItsOrder() {
        try (Nodes nodes = new Nodes()) {
            nodes.start(1, new TriageMachine());
            nodes.start(2, new TriageMachine());
            nodes.node(1).call("refer", Nodes.id(2), 300, 2).join();
            nodes.node(1).call("refer", Nodes.id(1), 0, 1).join();
            Nodes.await("all cases", () -> treated(nodes, 2).size() == 302);
            assertEquals(
                    List.of("emergency 1", "emergency 2"), treated(nodes, 2).subList(300, 302));
            Nodes.await("the own case", () -> treated(nodes, 1).equals(List.of("emergency 1")));
        }
    }

    private static List<String> treated(Nodes nodes, long node) {
        return ((Triage) nodes.node(node).snapshotState().join()).treated;
    }

    @Test
    void aProtocolWithoutUrgentMessagesHandlesAtOnce() {
        assertSame(handler, UrgentFirst.before(handler, new TallyMachine(), tasks::add));
    }
}
