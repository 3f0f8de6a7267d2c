package dev.foresail.steering.emulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.LinkChange;
import dev.foresail.network.topology.LinkSampler;
import dev.foresail.network.topology.Links;
import dev.foresail.network.topology.QueuedTopology;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.VaryingTopology;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The emulated link in controllable time. */
final class LinkEmulatorTest {
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private final AtomicBoolean partitioned = new AtomicBoolean();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong sinceBeginning = new AtomicLong();

    /** Two endpoints, 0 and 1, and the jitter between them. */
    private record Pair(long latencyNanos, double bytesPerSecond, double loss, double jitter) implements Topology {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public long latencyNanos(int from, int to) {
            return latencyNanos;
        }

        @Override
        public double bandwidthBytesPerSecond(int from, int to) {
            return bytesPerSecond;
        }

        @Override
        public double lossProbability(int from, int to) {
            return loss;
        }

        @Override
        public double jitterFraction(int from, int to) {
            return jitter;
        }
    }

    private static Topology profile(long latencyMillis, double bytesPerSecond, double loss, double jitter) {
        return new Pair(latencyMillis * 1_000_000, bytesPerSecond, loss, jitter);
    }

    private static EmbeddedChannel channel(LinkEmulator emulator) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(emulator);
        return channel;
    }

    private EmulatedLink link(Topology topology, EmulatedAccesses accesses, int from, int to, long seed) {
        return new EmulatedLink(topology, accesses, from, to, RandomStream.of(seed, "link"), sinceBeginning::get);
    }

    private LinkEmulator emulator(Topology topology, long seed) {
        EmulatedLink link = link(topology, new EmulatedAccesses(topology.size()), 0, 1, seed);
        return new LinkEmulator(link, partitioned::get, failures::incrementAndGet);
    }

    @Test
    void theLinkFailsWhenItsScriptSaysSo() {
        Topology network = new VaryingTopology(
                profile(1, UNLIMITED, 0, 0),
                List.of(
                        new LinkChange.Failure(Links.all(), 10, 5_000_000_000L),
                        new LinkChange.Failure(Links.all(), 8_000_000_000L, 9_000_000_000L)));
        sinceBeginning.set(5_000_000_000L);
        EmbeddedChannel channel = channel(emulator(network, 1));
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertEquals(0, failures.get(), "by the link's clock it is not time yet");
        sinceBeginning.set(8_000_000_000L);
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertEquals(1, failures.get());
        EmbeddedChannel late = channel(emulator(network, 1));
        late.runScheduledPendingTasks();
        assertEquals(2, failures.get(), "a connection that is made while it has failed already");
        sinceBeginning.set(0);
        EmbeddedChannel closed = channel(emulator(network, 1));
        closed.close().syncUninterruptibly();
        assertEquals(-1, closed.runScheduledPendingTasks(), "nothing is kept for a connection that is no more");
    }

    private static void send(EmbeddedChannel channel, int number, int bytes) {
        ByteBuf frame = Unpooled.buffer(bytes).writeInt(number).writeZero(bytes - Integer.BYTES);
        ChannelFuture unused = channel.writeOneOutbound(frame);
    }

    private static List<Integer> arrivedAfter(EmbeddedChannel channel, long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        List<Integer> numbers = new ArrayList<>();
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            numbers.add(frame.readInt());
            frame.release();
        }
        return numbers;
    }

    @Test
    void aFrameTakesTheLatency() {
        EmbeddedChannel channel = channel(emulator(profile(20, UNLIMITED, 0, 0), 1));
        send(channel, 1, 100);
        assertEquals(List.of(), arrivedAfter(channel, 19));
        send(channel, 2, 100);
        assertEquals(List.of(1), arrivedAfter(channel, 1));
        assertEquals(List.of(2), arrivedAfter(channel, 19));
    }

    @Test
    void framesQueueForTheRate() {
        EmbeddedChannel channel = channel(emulator(profile(10, 10_000, 0, 0), 1));
        for (int number = 1; number <= 3; number++) {
            send(channel, number, 1_000);
        }
        assertEquals(List.of(), arrivedAfter(channel, 109));
        assertEquals(List.of(1), arrivedAfter(channel, 1));
        assertEquals(List.of(), arrivedAfter(channel, 99));
        assertEquals(List.of(2), arrivedAfter(channel, 1));
        assertEquals(List.of(3), arrivedAfter(channel, 100));
    }

    /** 1,000 bytes with their headers: 100 ms out, 20 ms on their way, 50 ms in. */
    @Test
    void whereThereAreQueuesAFrameAlsoPassesTheAccesses() {
        EmbeddedChannel channel =
                channel(emulator(new QueuedTopology(profile(20, UNLIMITED, 0, 0), 10_000, 20_000), 1));
        send(channel, 1, 936);
        send(channel, 2, 936);
        assertEquals(List.of(), arrivedAfter(channel, 169));
        assertEquals(List.of(1), arrivedAfter(channel, 1));
        assertEquals(List.of(), arrivedAfter(channel, 99));
        assertEquals(List.of(2), arrivedAfter(channel, 1));
    }

    /** As in the simulator: a frame goes on while its end is still to come. */
    @Test
    void aLoneFrameTakesAsLongAsTheNarrowestPartOfItsWay() {
        EmbeddedChannel channel = channel(emulator(new QueuedTopology(profile(20, 5_000, 0, 0), 10_000, 10_000), 1));
        send(channel, 1, 936);
        assertEquals(List.of(), arrivedAfter(channel, 219));
        assertEquals(List.of(1), arrivedAfter(channel, 1));
    }

    @Test
    void connectionsShareTheAccessesAtTheirEnds() {
        Topology network = new QueuedTopology(profile(20, UNLIMITED, 0, 0), 10_000, 20_000);
        EmulatedAccesses accesses = new EmulatedAccesses(2);
        EmulatedLink one = link(network, accesses, 0, 1, 1);
        EmulatedLink other = link(network, accesses, 0, 1, 2);
        EmulatedLink back = link(network, accesses, 1, 0, 3);
        long milli = 1_000_000;
        assertEquals(100 * milli, one.readyNanos(0, 936));
        assertEquals(200 * milli, other.readyNanos(50 * milli, 936));
        assertEquals(100 * milli, back.readyNanos(0, 936));
        assertEquals(50 * milli, one.inNanos(0, 936));
        assertEquals(100 * milli, other.inNanos(10 * milli, 936));
        assertEquals(350 * milli, one.inNanos(300 * milli, 936));
        EmulatedLink idle = link(profile(20, UNLIMITED, 0, 0), accesses, 0, 1, 4);
        assertEquals(7, idle.inNanos(idle.readyNanos(7, 936), 936), "there are no queues");
    }

    @Test
    void aFrameMeetsTheLinkAsItIsThen() {
        LinkChange congestion = new LinkChange.Congestion(Links.all(), 5, 9, 0, 3, 0.5);
        Topology network = new VaryingTopology(profile(20, 1_000_000, 0, 0), List.of(congestion));
        EmbeddedChannel channel = channel(emulator(network, 1));
        sinceBeginning.set(5);
        send(channel, 1, 1_000);
        assertEquals(List.of(), arrivedAfter(channel, 61));
        assertEquals(List.of(1), arrivedAfter(channel, 1));
        sinceBeginning.set(9);
        send(channel, 2, 1_000);
        assertEquals(List.of(2), arrivedAfter(channel, 21));
    }

    @Test
    void delaysAreThoseThatTheSimulatorDraws() {
        Topology network = profile(20, UNLIMITED, 0.3, 0.5);
        long expected = new LinkSampler(network).deliveryNanos(0, 1, 0, 0, RandomStream.of(11, "link"));
        EmbeddedChannel channel = channel(emulator(network, 11));
        send(channel, 1, 100);
        long millis = expected / 1_000_000;
        assertEquals(List.of(), arrivedAfter(channel, millis));
        assertEquals(List.of(1), arrivedAfter(channel, 1));
    }

    @Test
    void lossesDelayAndNeverReorder() {
        EmbeddedChannel channel = channel(emulator(profile(20, UNLIMITED, 0.3, 0.5), 7));
        List<Integer> sent = new ArrayList<>();
        for (int number = 1; number <= 200; number++) {
            sent.add(number);
            send(channel, number, 50);
        }
        List<Integer> early = arrivedAfter(channel, 21);
        assertNotEquals(sent, early);
        List<Integer> arrived = new ArrayList<>(early);
        arrived.addAll(arrivedAfter(channel, 100_000));
        assertEquals(sent, arrived);
    }

    @Test
    void theSameDrawsGiveTheSameDelays() {
        assertEquals(arrivals(3), arrivals(3));
        assertNotEquals(arrivals(3), arrivals(4));
    }

    private List<Integer> arrivals(long seed) {
        EmbeddedChannel channel = channel(emulator(profile(5, UNLIMITED, 0.2, 0.5), seed));
        List<Integer> perMilli = new ArrayList<>();
        for (int number = 0; number < 300; number++) {
            send(channel, number, 10);
            perMilli.add(arrivedAfter(channel, 1).size());
        }
        channel.finishAndReleaseAll();
        return perMilli;
    }

    @Test
    void aPartitionHoldsBackUntilItHeals() {
        LinkEmulator emulator = emulator(profile(20, UNLIMITED, 0, 0), 1);
        EmbeddedChannel channel = channel(emulator);
        send(channel, 1, 10);
        partitioned.set(true);
        emulator.partitionChanged();
        channel.runPendingTasks();
        send(channel, 2, 10);
        assertEquals(List.of(), arrivedAfter(channel, 5_000));
        partitioned.set(false);
        emulator.partitionChanged();
        channel.runPendingTasks();
        assertEquals(List.of(), arrivedAfter(channel, 199));
        assertEquals(List.of(1, 2), arrivedAfter(channel, 1));
    }

    @Test
    void aPartitionThatHealsBeforeTheConnectionIsThereHoldsNothingBack() {
        partitioned.set(true);
        LinkEmulator emulator = emulator(profile(20, UNLIMITED, 0, 0), 1);
        partitioned.set(false);
        emulator.partitionChanged();
        EmbeddedChannel channel = channel(emulator);
        send(channel, 1, 10);
        assertEquals(List.of(1), arrivedAfter(channel, 20));
    }

    @Test
    void aPartitionHoldsBackEvenWhenNobodySaysSo() {
        EmbeddedChannel channel = channel(emulator(profile(20, UNLIMITED, 0, 0), 1));
        send(channel, 1, 10);
        partitioned.set(true);
        assertEquals(List.of(), arrivedAfter(channel, 5_000));
    }

    @Test
    void aFrameThatTheLinkHasTakenHasLeftForItsSender() {
        LinkEmulator emulator = emulator(profile(20, UNLIMITED, 0, 0), 1);
        EmbeddedChannel channel = channel(emulator);
        ByteBuf frame = Unpooled.buffer(4).writeInt(1);
        ChannelFuture written = channel.writeOneOutbound(frame);
        assertTrue(written.isSuccess(), "as TCP says of what is in the socket");
        emulator.reset();
        channel.runPendingTasks();
        assertFalse(channel.isOpen());
        assertEquals(0, frame.refCnt(), "and a reset drops it");
        assertTrue(emulator.hasDropped());
    }

    @Test
    void aFullQueuePushesBackAndLosesNothing() {
        int bytes = 1 << 20;
        double perSecond = (double) LinkEmulator.QUEUE_BYTES;
        EmbeddedChannel channel = channel(emulator(profile(500, perSecond, 0, 0), 1));
        List<ChannelFuture> written = new ArrayList<>();
        for (int number = 1; number <= 8; number++) {
            written.add(channel.writeOneOutbound(
                    Unpooled.buffer(bytes).writeInt(number).writeZero(bytes - Integer.BYTES)));
        }
        assertEquals(6, taken(written), "four in the queue and two on their way");
        assertEquals(List.of(), arrivedAfter(channel, 749));
        assertEquals(List.of(1), arrivedAfter(channel, 1));
        assertEquals(7, taken(written), "each that arrives makes room");
        for (int number = 2; number <= 8; number++) {
            assertEquals(List.of(), arrivedAfter(channel, 249));
            assertEquals(List.of(number), arrivedAfter(channel, 1), "at the link's rate");
        }
        assertEquals(8, taken(written));
    }

    @Test
    void aPartitionedLinkFillsAndPushesBackUntilAResetLosesAll() {
        partitioned.set(true);
        LinkEmulator emulator = emulator(profile(20, UNLIMITED, 0, 0), 1);
        EmbeddedChannel channel = channel(emulator);
        int bytes = (int) LinkEmulator.QUEUE_BYTES;
        List<ByteBuf> frames = new ArrayList<>();
        List<ChannelFuture> written = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            frames.add(Unpooled.buffer(bytes).writeInt(number).writeZero(bytes - Integer.BYTES));
            written.add(channel.writeOneOutbound(frames.get(number - 1)));
        }
        assertEquals(List.of(), arrivedAfter(channel, 5_000));
        assertEquals(1, taken(written));
        emulator.reset();
        channel.runPendingTasks();
        assertTrue(written.get(1).isDone() && !written.get(1).isSuccess(), "the sender is told of what it still has");
        frames.forEach(frame -> assertEquals(0, frame.refCnt()));
    }

    private static long taken(List<ChannelFuture> written) {
        return written.stream().filter(ChannelFuture::isSuccess).count();
    }
}
