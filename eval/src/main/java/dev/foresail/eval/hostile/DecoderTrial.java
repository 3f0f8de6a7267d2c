package dev.foresail.eval.hostile;

import com.sun.management.ThreadMXBean;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.PossiblyDelivered;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.snapshot.SnapshotException;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.steering.wire.LinkMemory;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Feeds mutated frames and snapshot files to the decoders: a seed and a number of inputs give the figures {@code refused},
 * {@code accepted}, {@code crashes} and {@code worstBytesAboveLength}. Loaded by a {@link WitnessLoader}, which is why it
 * takes and gives only what every loader knows. Not thread-safe.
 */
public final class DecoderTrial implements BiFunction<Long, Integer, Map<String, Long>> {
    /** One in so many inputs is a snapshot file, which takes longer than a frame. */
    private static final int FRAMES_PER_FILE = 10;

    private static final ParleyMachine MACHINE = new ParleyMachine();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final WireCodec<Parley> codec = new WireCodec<>(MACHINE, MACHINE.create(List.of()), () -> 5_000, 1 << 20);
    private final LinkMemory link = new LinkMemory();
    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * Frames of every kind.
     *
     * @param link remembers a checkpoint afterwards, against which the last frame is a difference
     */
    static List<byte[]> frames(WireCodec<?> codec, LinkMemory link) throws WireException {
        List<byte[]> frames = new ArrayList<>();
        for (Envelope envelope : List.of(
                new Envelope.Payload(3, 70_000, new Parley.Word(5)),
                new Envelope.Payload(1, 0, new Parley.Aside(-5)),
                new Envelope.CheckpointRequest(Long.MAX_VALUE),
                new Envelope.CheckpointAnswer(16, checkpoint()),
                new Envelope.CheckpointRefused(4, 9),
                new Envelope.Subscribe(),
                new Envelope.Unsubscribe(),
                new Envelope.AggregateExport(12, List.of(34L)),
                new Envelope.StableFacts(NodeId.of(300), new Parley()),
                new Envelope.Advice("{\"foresail-trace\":1,\"protocol\":\"parley\"}\n"))) {
            frames.add(codec.encode(envelope));
        }
        codec.decode(codec.encode(new Envelope.CheckpointAnswer(16, checkpoint()), link), link);
        frames.add(codec.encode(new Envelope.CheckpointAnswer(18, checkpoint()), link));
        return frames;
    }

    private static Checkpoint<Parley> checkpoint() {
        Parley state = new Parley();
        state.friends.add(NodeId.of(4));
        state.heard.put(NodeId.of(4), 8L);
        TreeMap<NodeId, Checkpoint.ChannelCheckpoint> channels = new TreeMap<>();
        List<SentMessage> log = List.of(new SentMessage(7, new Parley.Word(7)));
        channels.put(
                NodeId.of(4),
                new Checkpoint.ChannelCheckpoint(
                        7,
                        8,
                        log,
                        List.of(new Exported(5, List.of(9L), 400)),
                        1L << 60,
                        12,
                        List.of(new PossiblyDelivered(10, 3, new Parley.Word(3)))));
        List<Event.Delivery> deferred = List.of(new Event.Delivery(NodeId.of(4), new Parley.Word(9)));
        return new Checkpoint<>(NodeId.of(2), 17, state, new TreeMap<>(), deferred, channels);
    }

    private static byte[] file() throws IOException {
        StringWriter text = new StringWriter();
        SystemSnapshot<Parley> snapshot = new SystemSnapshot<>(
                5_000, new TreeMap<>(Map.of(NodeId.of(2), new SystemSnapshot.Known<>(List.of(), checkpoint()))));
        SnapshotFile.write(MACHINE, snapshot, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, Long> apply(Long seed, Integer inputs) {
        counts.clear();
        List.of("accepted", "refused", "crashes", "worstBytesAboveLength").forEach(name -> counts.put(name, 0L));
        try {
            Mutator frames = new Mutator(frames(codec, link), RandomStream.of(seed, "frames"));
            Mutator files = new Mutator(List.of(file()), RandomStream.of(seed, "files"));
            for (int count = 0; count < inputs; count++) {
                boolean isFile = count % FRAMES_PER_FILE == 0;
                feed(isFile, isFile ? files.next() : frames.next());
            }
        } catch (WireException | IOException impossible) {
            throw new IllegalStateException("right values can be written", impossible);
        }
        return new TreeMap<>(counts);
    }

    private void feed(boolean isFile, byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        String outcome = outcome(isFile, bytes);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        counts.merge(outcome, 1L, Long::sum);
        counts.merge("worstBytesAboveLength", allocated - bytes.length, Math::max);
    }

    private String outcome(boolean isFile, byte[] bytes) {
        try {
            if (isFile) {
                SnapshotFile.read(MACHINE, new StringReader(new String(bytes, StandardCharsets.UTF_8)));
            } else {
                codec.decode(bytes, link.copy());
            }
            return "accepted";
        } catch (WireException | SnapshotException refused) {
            return "refused";
        } catch (IOException | RuntimeException | Error crash) {
            return "crashes";
        }
    }
}
