package dev.foresail.steering.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.CallRate;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.PossiblyDelivered;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.path.HopId;
import dev.foresail.predictor.path.PathTag;
import dev.foresail.steering.fixture.Council;
import dev.foresail.steering.fixture.CouncilMachine;
import dev.foresail.steering.fixture.Nest;
import dev.foresail.steering.fixture.NestMachine;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WireCodecTest {
    private static final int FRAMES = 100_000;
    private static final long MOST_BYTES_PER_FRAME = 1 << 20;

    private long nowNanos = 1_000;
    private final TallyMachine machine = new TallyMachine();
    private final WireCodec<Tally> codec = codec(1 << 20);

    private WireCodec<Tally> codec(int maxFrameBytes) {
        return new WireCodec<>(machine, state(), () -> nowNanos, maxFrameBytes);
    }

    private Tally state() {
        return machine.create(List.of(10L));
    }

    private static List<Envelope> simple() {
        return List.of(
                new Envelope.Payload(3, 70_000, new Tally.Figure(-5, 2)),
                new Envelope.Payload(1, 1L << 60, 70_000, new Tally.Figure(-5, 2)),
                new Envelope.CheckpointRequest(Long.MAX_VALUE),
                new Envelope.CheckpointRefused(4, 9),
                new Envelope.Subscribe(),
                new Envelope.Unsubscribe(),
                new Envelope.AggregateExport(12, List.of(34L)));
    }

    private Checkpoint<Tally> checkpoint() {
        Tally state = state();
        TreeMap<String, Long> timers = new TreeMap<>();
        timers.put("tick", 5_000L);
        TreeMap<NodeId, Checkpoint.ChannelCheckpoint> channels = new TreeMap<>();
        channels.put(
                NodeId.of(4),
                new Checkpoint.ChannelCheckpoint(
                        7,
                        8,
                        List.of(new SentMessage(6, new Tally.Figure(1, 0)), new SentMessage(7, new Tally.Figure(2, 1))),
                        List.of(new Exported(5, List.of(99L), 400)),
                        1L << 60,
                        12,
                        List.of(new PossiblyDelivered(10, 3, new Tally.Figure(3, 0)))));
        channels.put(NodeId.of(5), new Checkpoint.ChannelCheckpoint(0, 0, List.of(), List.of()));
        return new Checkpoint<>(
                NodeId.of(2),
                17,
                state,
                timers,
                List.of(new Event.Delivery(NodeId.of(3), new Tally.Figure(9, 9))),
                channels,
                (1L << 60) + 2);
    }

    @Test
    void everyEnvelopeComesBackAsItWas() throws WireException {
        for (Envelope envelope : simple()) {
            assertEquals(envelope, codec.decode(codec.encode(envelope)));
        }
    }

    @Test
    void aMessageOnAPathCarriesItAndAnyOtherHasNothingOfIt() throws WireException {
        Envelope.Payload plain = new Envelope.Payload(3, 70_000, new Tally.Figure(-5, 2));
        PathTag tag = new PathTag(
                "lookup",
                new HopId(NodeId.of(3), 1_795_289_784_993L, 7),
                new HopId(NodeId.of(1 << 20), 1_795_289_784_990L, 1 << 30),
                5,
                999,
                1_795_289_784_993_000_000L);
        Envelope.Payload followed = new Envelope.Payload(3, 0, 70_000, plain.message(), Optional.of(tag));
        assertEquals(followed, codec.decode(codec.encode(followed)));
        assertEquals(9, codec.encode(plain).length, "as many bytes as before there were paths");
        int more = codec.encode(followed).length - codec.encode(plain).length;
        assertTrue(more < 50, () -> more + " bytes");
    }

    @Test
    void aPathThatCannotBeIsRefused() throws WireException {
        HopId hop = new HopId(NodeId.of(1), 1, 1);
        PathTag tag = new PathTag("a", hop, hop, 0, 1, 1);
        byte[] frame = codec.encode(new Envelope.Payload(3, 0, 0, new Tally.Figure(1, 0), Optional.of(tag)));
        int name = 2;
        assertEquals('a', frame[name]);
        byte[] longer = frame.clone();
        longer[name - 1] = 100;
        assertThrows(WireException.class, () -> codec.decode(longer), "the name is longer than the frame");
        byte[] noHop = frame.clone();
        noHop[name + 3] = 0;
        assertThrows(WireException.class, () -> codec.decode(noHop), "events are counted from 1");
    }

    /** As on a link whose two ends are here: what is sent is received. */
    @Test
    void aCheckpointLikeTheLastOneOfTheLinkTakesFewBytes() throws WireException {
        LinkMemory link = new LinkMemory();
        byte[] whole = codec.encode(new Envelope.CheckpointAnswer(16, checkpoint()), link);
        codec.decode(whole, link);
        byte[] difference = codec.encode(new Envelope.CheckpointAnswer(18, checkpoint()), link);
        assertTrue(difference.length < whole.length * 2 / 3, () -> difference.length + " of " + whole.length);
        Envelope.CheckpointAnswer read = (Envelope.CheckpointAnswer) codec.decode(difference, link);
        assertEquals(18, read.requested());
        assertEquals(checkpoint().deferred(), read.checkpoint().deferred());
        assertEquals(
                whole.length,
                codec.encode(new Envelope.CheckpointAnswer(16, checkpoint())).length,
                "on a new link it is whole again");
        assertThrows(WireException.class, () -> codec.decode(difference), "there is nothing to add it to");
    }

    @Test
    void whatCouldNotBeSentIsNotRemembered() throws WireException {
        LinkMemory link = new LinkMemory();
        WireCodec<Tally> small = new WireCodec<>(machine, state(), () -> nowNanos, 40);
        assertThrows(WireException.class, () -> small.encode(new Envelope.CheckpointAnswer(16, checkpoint()), link));
        assertEquals(0, link.sent().length);
    }

    @Test
    void whatCheckpointsCostIsCounted() throws WireException {
        CheckpointTraffic traffic = new CheckpointTraffic();
        WireCodec<Tally> counted = new WireCodec<>(machine, state(), () -> nowNanos, 1 << 20, traffic);
        LinkMemory link = new LinkMemory();
        long bytes = 0;
        for (Envelope envelope : List.of(
                new Envelope.CheckpointRequest(16),
                new Envelope.CheckpointAnswer(16, checkpoint()),
                new Envelope.CheckpointAnswer(16, checkpoint()))) {
            byte[] frame = counted.encode(envelope, link);
            bytes += 4 + frame.length;
            counted.decode(frame, link);
        }
        counted.encode(new Envelope.Subscribe(), link);
        assertEquals(bytes, traffic.bytesReceived());
        assertTrue(traffic.differences() >= 1 && traffic.bytesSaved() > 20, () -> "saved " + traffic.bytesSaved());
    }

    @Test
    void aCheckpointComesBackWithTheAgeOfWhatItKnows() throws WireException {
        byte[] frame = codec.encode(new Envelope.CheckpointAnswer(16, checkpoint()));
        nowNanos = 50_000;
        Envelope.CheckpointAnswer answer = (Envelope.CheckpointAnswer) codec.decode(frame);
        Checkpoint<?> read = answer.checkpoint();
        Checkpoint<Tally> written = checkpoint();
        assertEquals(16, answer.requested());
        assertEquals(written.node(), read.node());
        assertEquals(written.number(), read.number());
        assertEquals(written.timers(), read.timers());
        assertEquals(written.deferred(), read.deferred());
        assertEquals(machine.describe(written.state()), machine.describe((Tally) read.state()));
        Checkpoint.ChannelCheckpoint channel =
                Optional.ofNullable(read.channels().get(NodeId.of(4))).orElseThrow();
        assertEquals(List.of(new Exported(5, List.of(99L), 49_400)), channel.exported());
        assertEquals(2, channel.log().size());
        assertEquals(written.channels().get(NodeId.of(5)), read.channels().get(NodeId.of(5)));
        assertEquals((1L << 60) + 2, read.connections());
        assertEquals(1L << 60, channel.connection());
        assertEquals(12, channel.peerConnection());
        assertEquals(List.of(new PossiblyDelivered(10, 3, new Tally.Figure(3, 0))), channel.possiblyDelivered());
    }

    @Test
    void stableFactsComeBackWithNothingElseOfTheState() throws WireException {
        CouncilMachine council = new CouncilMachine();
        WireCodec<Council> frames = new WireCodec<>(council, council.create(List.of()), () -> nowNanos, 1 << 20);
        Council state = Council.having("blue", 7);
        byte[] frame = frames.encode(new Envelope.StableFacts(NodeId.of(300), state));

        Envelope.StableFacts read = (Envelope.StableFacts) frames.decode(frame);

        assertEquals(NodeId.of(300), read.node());
        assertEquals(Optional.of("blue"), ((Council) read.state()).decided());
        assertEquals(0, ((Council) read.state()).greetings());
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThrows(WireException.class, () -> frames.decode(cut));
        }
    }

    @Test
    void whatTheApplicationAsksForComesBackWithTheCheckpointAndWhatCannotBeIsRefused() throws WireException {
        CouncilMachine council = new CouncilMachine();
        WireCodec<Council> frames = new WireCodec<>(council, council.create(List.of()), () -> nowNanos, 1 << 20);
        List<CallRate> calls = List.of(
                new CallRate(12.5, List.of(new Event.Call("forget", List.of()))),
                new CallRate(
                        0.25,
                        List.of(
                                new Event.Call("urge", List.of(NodeId.of(7), "blue")),
                                new Event.Call("urge", List.of(NodeId.of(8), "red")))));
        Checkpoint<Council> written = new Checkpoint<>(
                NodeId.of(2), 17, Council.having("blue", 7), new TreeMap<>(), List.of(), new TreeMap<>(), 0, calls);

        byte[] frame = frames.encode(new Envelope.CheckpointAnswer(16, written));

        Envelope.CheckpointAnswer read = (Envelope.CheckpointAnswer) frames.decode(frame);
        assertEquals(calls, read.checkpoint().calls());
        byte[] rate = ByteBuffer.allocate(8).putDouble(12.5).array();
        int refused = 0;
        for (int at = 0; at <= frame.length - rate.length; at++) {
            if (Arrays.equals(Arrays.copyOfRange(frame, at, at + rate.length), rate)) {
                byte[] impossible = frame.clone();
                ByteBuffer.wrap(impossible).putDouble(at, Double.NaN);
                assertThrows(WireException.class, () -> frames.decode(impossible));
                refused++;
            }
        }
        assertTrue(refused > 0 || frame.length < 100, "the rate is where it was looked for, or compressed");
    }

    /** Each costs a stream of chance and an event in every future that is looked at. */
    @Test
    void aCallHasOneRate() throws WireException {
        CouncilMachine council = new CouncilMachine();
        WireCodec<Council> frames = new WireCodec<>(council, council.create(List.of()), () -> nowNanos, 1 << 20);
        CallRate forget = new CallRate(2, List.of(new Event.Call("forget", List.of())));
        frames.decode(answerWith(frames, List.of(forget)));
        byte[] twice = answerWith(frames, List.of(forget, forget));
        WireException refused = assertThrows(WireException.class, () -> frames.decode(twice));
        assertTrue(String.valueOf(refused.getMessage()).contains("two rates of 'forget'"), refused::getMessage);
        byte[] many = answerWith(frames, Collections.nCopies(council.calls().size() + 1, forget));
        WireException tooMany = assertThrows(WireException.class, () -> frames.decode(many));
        assertTrue(String.valueOf(tooMany.getMessage()).contains("rates of calls of a protocol"), tooMany::getMessage);
    }

    private static byte[] answerWith(WireCodec<Council> frames, List<CallRate> calls) throws WireException {
        return frames.encode(new Envelope.CheckpointAnswer(
                16,
                new Checkpoint<>(
                        NodeId.of(2),
                        17,
                        Council.having("blue", 7),
                        new TreeMap<>(),
                        List.of(),
                        new TreeMap<>(),
                        0,
                        calls)));
    }

    @Test
    void adviceComesBackAsItWas() throws WireException {
        Envelope.Advice advice =
                new Envelope.Advice("{\"foresail-trace\":1}\n{\"message\":\"na\u00efve \ud83d\ude80\"}\n");
        assertEquals(advice, codec.decode(codec.encode(advice)));
        assertEquals(new Envelope.Advice(""), codec.decode(codec.encode(new Envelope.Advice(""))));
    }

    @Test
    void whatIsTooLongIsNotWritten() throws WireException {
        WireCodec<Tally> small = codec(24);
        small.encode(new Envelope.CheckpointRequest(1));
        assertThrows(WireException.class, () -> small.encode(new Envelope.CheckpointAnswer(16, checkpoint())));
        assertArrayEquals(
                codec.encode(new Envelope.CheckpointRequest(1)), small.encode(new Envelope.CheckpointRequest(1)));
    }

    @Test
    void anotherNumberOfAggregatesIsRefused() throws WireException {
        byte[] frame = codec.encode(new Envelope.AggregateExport(1, List.of(2L)));
        int count = frame.length - 3;
        assertEquals(1, frame[count]);
        frame[count] = 0;
        assertThrows(WireException.class, () -> codec.decode(frame));
        frame[count] = 2;
        assertThrows(WireException.class, () -> codec.decode(frame));
    }

    @Test
    void anUnknownTypeIsRefusedWithoutLookingUpItsName() {
        assertThrows(WireException.class, () -> codec.decode(new byte[] {99, 1, 2}));
        assertThrows(WireException.class, () -> codec.decode(new byte[] {0}));
        assertThrows(WireException.class, () -> codec.decode(new byte[0]));
        byte[] named = {1, 0, 'n', 'o', '.', 'S', 'u', 'c', (byte) ('h' | 0x80)};
        WireException refused = assertThrows(WireException.class, () -> codec.decode(named));
        assertTrue(String.valueOf(refused.getMessage()).contains("class name"), refused::getMessage);
    }

    @Test
    void whatIsNestedTooDeeplyIsRefusedOnEitherSide() throws WireException {
        NestMachine nested = new NestMachine();
        WireCodec<Nest> nests = new WireCodec<>(nested, nested.create(List.of()), () -> nowNanos, 1 << 20);
        Envelope some = new Envelope.Payload(1, 0, Nest.Box.of(20));
        assertEquals(some, nests.decode(nests.encode(some)));
        byte[] deep = nests.encode(new Envelope.Payload(1, 0, Nest.Box.of(1_000)));
        WireException refused = assertThrows(WireException.class, () -> nests.decode(deep));
        assertTrue(String.valueOf(refused.getMessage()).contains("nested deeper than 64"), refused::getMessage);
        WireException unsaid =
                assertThrows(WireException.class, () -> nests.encode(new Envelope.Payload(1, 0, Nest.Box.of(500_000))));
        assertTrue(String.valueOf(unsaid.getMessage()).contains("nested too deeply"), unsaid::getMessage);
        assertEquals(some, nests.decode(nests.encode(some)), "and the next is written as ever");
    }

    @Test
    void everyCutOfAFrameIsRefused() throws WireException {
        byte[] frame = codec.encode(new Envelope.CheckpointAnswer(16, checkpoint()));
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThrows(WireException.class, () -> codec.decode(cut));
        }
        assertThrows(WireException.class, () -> codec.decode(Arrays.copyOf(frame, frame.length + 1)));
    }

    @Test
    void randomFramesCostLittleAndThrowOneExceptionOnly() throws WireException {
        RandomStream random = RandomStream.of(1, "fuzz");
        int accepted = 0;
        for (int count = 0; count < FRAMES; count++) {
            byte[] frame = new byte[random.nextInt(64)];
            random.nextBytes(frame);
            if (frame.length > 0 && random.nextInt(2) == 0) {
                frame[0] = (byte) (18 + random.nextInt(8));
            }
            accepted += isAccepted(frame) ? 1 : 0;
        }
        assertTrue(accepted < FRAMES, "something must be refused");
        assertEquals(simple().get(0), codec.decode(codec.encode(simple().get(0))));
    }

    @Test
    void mutatedFramesCostLittleAndThrowOneExceptionOnly() throws WireException {
        RandomStream random = RandomStream.of(2, "fuzz");
        byte[] good = codec.encode(new Envelope.CheckpointAnswer(16, checkpoint()));
        boolean refused = false;
        for (int count = 0; count < FRAMES; count++) {
            byte[] frame = good.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            refused |= !isAccepted(frame);
        }
        assertTrue(refused);
        assertFalse(isAccepted(new byte[] {18, 1}));
    }

    /** Decodes, and fails when that takes more memory than a frame may. */
    private boolean isAccepted(byte[] frame) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean accepted;
        try {
            codec.decode(frame);
            accepted = true;
        } catch (WireException refused) {
            accepted = false;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MOST_BYTES_PER_FRAME, () -> allocated + " bytes for " + Arrays.toString(frame));
        return accepted;
    }
}
