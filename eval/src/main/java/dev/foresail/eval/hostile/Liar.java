package dev.foresail.eval.hostile;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.steering.detector.HeartbeatKeys;
import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.transport.Identity;
import dev.foresail.steering.transport.LinkConditions;
import dev.foresail.steering.transport.Transport;
import dev.foresail.steering.transport.TransportListener;
import dev.foresail.steering.wire.WireCodec;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A peer with a right hello whose envelopes are well-formed and untrue: it answers what it was not asked, speaks for another
 * node, refuses every request, and claims numbers far ahead. Runs on a loop of its own.
 */
final class Liar implements AutoCloseable {
    private static final int KINDS = 9;
    private static final int KINDS_OF_ANSWERS = 4;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final RandomStream random;
    private final AtomicLong asked = new AtomicLong();
    private final Transport transport;
    private long number;

    Liar(Company company, long seed) {
        this.random = RandomStream.of(seed, "liar");
        ParleyMachine machine = new ParleyMachine();
        this.transport = new Transport(new Transport.Parts(
                loop,
                new Identity(machine.protocol(), machine.schema(), Company.LIAR, RealClock.epochMillis()),
                HeartbeatKeys.none(),
                Optional.empty(),
                new WireCodec<>(machine, new Parley(), RealClock::nanos, 1 << 20),
                company.addresses(),
                LinkConditions.NONE,
                company.transport(),
                new Ear(),
                Optional.empty()));
        company.addresses()
                .put(Company.LIAR, transport.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    private final class Ear implements TransportListener {
        @Override
        public void received(NodeId from, Envelope envelope, int frameBytes) {
            if (envelope instanceof Envelope.CheckpointRequest request) {
                asked.incrementAndGet();
                number = Math.max(number, request.number());
                transport.send(from, answer(request.number()));
            }
        }

        @Override
        public void connectionError(NodeId peer) {}
    }

    /** How many checkpoints it was asked for. */
    long asked() {
        return asked.get();
    }

    private Envelope answer(long requested) {
        return switch (random.nextInt(KINDS_OF_ANSWERS)) {
            case 0 -> new Envelope.CheckpointRefused(requested, requested + 1);
            case 1 -> new Envelope.CheckpointAnswer(requested, untrue(Company.HONEST, requested));
            case 2 -> new Envelope.CheckpointAnswer(requested, untrue(Company.LIAR, Long.MAX_VALUE));
            default -> new Envelope.CheckpointAnswer(requested, untrue(Company.LIAR, requested));
        };
    }

    /** Tells the node so many lies; returns when they are on their way. */
    void tell(int lies) throws InterruptedException {
        loop.submit(() -> {
                    for (int count = 0; count < lies; count++) {
                        transport.send(Company.NODE, lie());
                    }
                })
                .await(1, TimeUnit.MINUTES);
    }

    private Envelope lie() {
        return switch (random.nextInt(KINDS)) {
            case 0 -> new Envelope.CheckpointAnswer(number, untrue(Company.HONEST, number + random.nextInt(1000)));
            case 1 -> new Envelope.CheckpointAnswer(random.nextLong(1L << 40), untrue(Company.LIAR, 1L << 41));
            case 2 -> new Envelope.CheckpointRefused(number, number + 1);
            case 3 -> new Envelope.CheckpointRequest(far());
            case 4 -> new Envelope.Payload(1 + random.nextLong(1L << 50), far(), new Parley.Aside(random.nextInt()));
            case 5 -> new Envelope.AggregateExport(Long.MAX_VALUE, List.of(random.nextLong()));
            case 6 -> new Envelope.Subscribe();
            case 7 -> new Envelope.Advice("{\"foresail-trace\":1,\"protocol\":\"parley\"}\n");
            default -> new Envelope.CheckpointRefused(random.nextLong(1L << 40), Long.MAX_VALUE);
        };
    }

    /** In leaps, so that it is plausible each time; or not plausible at all. */
    private long far() {
        number += 1L << 32;
        return random.nextInt(4) == 0 ? Long.MAX_VALUE : number;
    }

    private static Checkpoint<Parley> untrue(NodeId node, long number) {
        Parley state = new Parley();
        state.heard.put(Company.NODE, 1_000_000L);
        state.load = Long.MAX_VALUE;
        TreeMap<NodeId, Checkpoint.ChannelCheckpoint> channels = new TreeMap<>();
        for (NodeId other : List.of(Company.NODE, Company.HONEST)) {
            List<SentMessage> log = List.of(new SentMessage(Long.MAX_VALUE, new Parley.Word(-7)));
            channels.put(other, new Checkpoint.ChannelCheckpoint(Long.MAX_VALUE, Long.MAX_VALUE, log, List.of()));
        }
        return new Checkpoint<>(node, number, state, new TreeMap<>(), List.of(), channels);
    }

    @Override
    public void close() {
        loop.execute(transport::kill);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
