package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.PossiblyDelivered;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.snapshot.SnapshotException;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.steering.control.AdviceDecoding;
import dev.foresail.steering.detector.HeartbeatDecoding;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.fixture.Council;
import dev.foresail.steering.fixture.CouncilMachine;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import dev.foresail.steering.wire.CheckpointCodec;
import dev.foresail.steering.wire.LinkMemory;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come, a decoder gives a value of its own or its one exception, and takes little memory. The build runs this
 * once on the corpus and once, for some seconds, on what Jazzer makes of it; Jazzer also reports classes that are looked up
 * by a name from the bytes. The first byte of an input says which decoder takes the rest.
 */
final class DecodersFuzzTest {
    private static final long MOST_BYTES_ABOVE_LENGTH = 1 << 20;
    private static final TallyMachine MACHINE = new TallyMachine();
    private static final WireCodec<Tally> CODEC =
            new WireCodec<>(MACHINE, MACHINE.create(List.of(10L)), () -> 5_000, 1 << 20);
    /** Remembers the checkpoint, so that frames may be differences against it. */
    private static final LinkMemory LINK = new LinkMemory();

    private static final CheckpointCodec<Tally> KEPT =
            new CheckpointCodec<>(MACHINE, MACHINE.create(List.of(10L)), 1 << 20);

    private static final CouncilMachine COUNCIL = new CouncilMachine();
    private static final WireCodec<Council> FACTS =
            new WireCodec<>(COUNCIL, COUNCIL.create(List.of()), () -> 5_000, 1 << 20);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Decoder {
        void decode(byte[] bytes) throws WireException, IOException;
    }

    private static final List<Decoder> DECODERS = List.of(
            DecodersFuzzTest::frame,
            DecodersFuzzTest::hello,
            DecodersFuzzTest::snapshot,
            DecodersFuzzTest::facts,
            HeartbeatDecoding::decode,
            DecodersFuzzTest::keptCheckpoint,
            DecodersFuzzTest::advice,
            DecodersFuzzTest::news);

    private static void frame(byte[] bytes) throws WireException {
        Envelope envelope = CODEC.decode(bytes, LINK.copy());
        if (envelope instanceof Envelope.Payload payload) {
            assertEquals(Tally.Figure.class, payload.message().getClass());
        } else if (envelope instanceof Envelope.CheckpointAnswer answer) {
            assertEquals(Tally.class, answer.checkpoint().state().getClass());
        }
    }

    private static void keptCheckpoint(byte[] bytes) throws WireException {
        assertEquals(Tally.class, KEPT.decode(bytes, 5_000).state().getClass());
    }

    private static void facts(byte[] bytes) throws WireException {
        if (FACTS.decode(bytes) instanceof Envelope.StableFacts facts) {
            assertEquals(Council.class, facts.state().getClass());
        }
    }

    private static void advice(byte[] bytes) throws WireException {
        if (CODEC.decode(bytes, LINK.copy()) instanceof Envelope.Advice advice) {
            AdviceDecoding.decode(advice.path());
        }
    }

    /** Also what a link makes of them, whatever they say. */
    private static void news(byte[] bytes) throws WireException {
        News news = News.decode(bytes);
        new FuzzedDesk().take(news);
    }

    private static void hello(byte[] bytes) throws WireException {
        Hello hello = Hello.decode(bytes);
        assertTrue(hello.identity().incarnation() >= 0 && hello.connection() >= 0);
    }

    private static void snapshot(byte[] bytes) throws IOException {
        try {
            SnapshotFile.read(MACHINE, new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        } catch (SnapshotException refused) {
            assertTrue(refused.code().startsWith("FS24"), refused::code);
        }
    }

    static Stream<byte[]> corpus() throws WireException, IOException {
        List<byte[]> inputs = new ArrayList<>();
        for (Envelope envelope : List.of(
                new Envelope.Payload(3, 70_000, new Tally.Figure(-5, 2)),
                new Envelope.CheckpointRequest(Long.MAX_VALUE),
                new Envelope.CheckpointRefused(4, 9),
                new Envelope.Subscribe(),
                new Envelope.Unsubscribe(),
                new Envelope.AggregateExport(12, List.of(34L)),
                new Envelope.CheckpointAnswer(16, checkpoint()))) {
            inputs.add(input(0, CODEC.encode(envelope)));
        }
        CODEC.decode(CODEC.encode(new Envelope.CheckpointAnswer(16, checkpoint()), LINK), LINK);
        inputs.add(input(0, CODEC.encode(new Envelope.CheckpointAnswer(18, checkpoint()), LINK)));
        inputs.add(input(0, new byte[] {1, 0, 'n', 'o', '.', 'S', 'u', 'c', (byte) ('h' | 0x80)}));
        inputs.add(input(3, FACTS.encode(new Envelope.StableFacts(NodeId.of(300), Council.having("blue", 1)))));
        inputs.add(input(4, HeartbeatDecoding.example()));
        inputs.add(input(5, KEPT.encode(checkpoint(), 5_000)));
        inputs.add(input(6, CODEC.encode(new Envelope.Advice(AdviceDecoding.example()))));
        inputs.add(input(7, FuzzedDesk.example()));
        inputs.add(input(1, new Hello(new Identity("tally", 4711, NodeId.of(2), 3), HeartbeatKey.NONE, 4).encode()));
        StringWriter text = new StringWriter();
        SystemSnapshot<Tally> snapshot = new SystemSnapshot<>(
                5_000, new TreeMap<>(Map.of(NodeId.of(2), new SystemSnapshot.Known<>(List.of(10L), checkpoint()))));
        SnapshotFile.write(MACHINE, snapshot, text);
        inputs.add(input(2, text.toString().getBytes(StandardCharsets.UTF_8)));
        return inputs.stream();
    }

    private static byte[] input(int decoder, byte[] bytes) {
        byte[] input = new byte[bytes.length + 1];
        input[0] = (byte) decoder;
        System.arraycopy(bytes, 0, input, 1, bytes.length);
        return input;
    }

    private static Checkpoint<Tally> checkpoint() {
        TreeMap<String, Long> timers = new TreeMap<>();
        timers.put("tick", 5_000L);
        TreeMap<NodeId, Checkpoint.ChannelCheckpoint> channels = new TreeMap<>();
        List<SentMessage> log = List.of(new SentMessage(6, new Tally.Figure(1, 0)));
        channels.put(
                NodeId.of(4),
                new Checkpoint.ChannelCheckpoint(
                        7,
                        8,
                        log,
                        List.of(new Exported(5, List.of(9L), 400)),
                        1L << 60,
                        12,
                        List.of(new PossiblyDelivered(10, 3, new Tally.Figure(3, 0)))));
        List<Event.Delivery> deferred = List.of(new Event.Delivery(NodeId.of(3), new Tally.Figure(9, 9)));
        return new Checkpoint<>(NodeId.of(2), 17, MACHINE.create(List.of(10L)), timers, deferred, channels);
    }

    @MethodSource("corpus")
    @FuzzTest(maxDuration = "4s")
    void nothingButTheOneExceptionAndLittleMemory(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        Decoder decoder = DECODERS.get(Math.floorMod(input[0], DECODERS.size()));
        long most = MOST_BYTES_ABOVE_LENGTH + bytes.length;
        long allocated = allocatedBy(decoder, bytes);
        if (allocated > most) {
            // The first time includes classes that are loaded, and that Jazzer rewrites.
            allocated = allocatedBy(decoder, bytes);
        }
        long least = allocated;
        assertTrue(least <= most, () -> least + " bytes for " + Arrays.toString(bytes));
    }

    private static long allocatedBy(Decoder decoder, byte[] bytes) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            decoder.decode(bytes);
        } catch (WireException refused) {
            assertTrue(refused.getMessage() != null, "it says why");
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
