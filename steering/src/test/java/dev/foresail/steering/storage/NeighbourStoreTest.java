package dev.foresail.steering.storage;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.KnownCheckpoint;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import dev.foresail.steering.live.Logged;
import dev.foresail.steering.wire.WireCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checkpoints of neighbours in a file beside a node's durable state. */
final class NeighbourStoreTest {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** The clock of the node that writes, and that of the one that reads. */
    private static final long WRITTEN_NANOS = 900 * SECOND_NANOS;

    private static final long READ_NANOS = 5 * SECOND_NANOS;
    private static final long EPOCH_MILLIS = 1_795_000_000_000L;

    @TempDir
    private Path directory = Path.of("");

    private final TallyMachine machine = new TallyMachine();

    private Path state() {
        return directory.resolve("n1.state");
    }

    private Path file() {
        return directory.resolve("n1.state.neighbours");
    }

    private NeighbourStore<Tally> store(TallyMachine wanted, NodeId self) {
        return NeighbourStore.besides(state(), wanted, self, wanted.create(List.of(10L)));
    }

    private NeighbourStore<Tally> store() {
        return store(machine, id(1));
    }

    private Tally tally(long total) {
        StateWriter out = new StateWriter();
        out.writeSize(0);
        out.writeSize(0);
        out.writeLong(0);
        out.writeLong(total);
        return machine.read(new StateReader(out.toByteArray()), machine.create(List.of(10L)));
    }

    private KnownCheckpoint<Tally> known(long node, long total, long ageSeconds) {
        long takenNanos = WRITTEN_NANOS - ageSeconds * SECOND_NANOS;
        ChannelCheckpoint channel = new ChannelCheckpoint(
                2, 1, List.of(), List.of(new Exported(1, List.of(9L), takenNanos - SECOND_NANOS)), 40, 22, List.of());
        return new KnownCheckpoint<>(
                new Checkpoint<>(
                        id(node),
                        7,
                        tally(total),
                        new TreeMap<>(Map.of("tick", 5L)),
                        List.of(),
                        new TreeMap<>(Map.of(id(1), channel)),
                        42),
                ageSeconds * SECOND_NANOS);
    }

    private void save(List<KnownCheckpoint<Tally>> known) {
        store().save(known, WRITTEN_NANOS, EPOCH_MILLIS);
    }

    private List<KnownCheckpoint<Tally>> load(long laterMillis) {
        return store().load(READ_NANOS, EPOCH_MILLIS + laterMillis);
    }

    @Test
    void whatWasSavedIsLoadedAndIsOlderBySoLongAsTheNodeWasDown() {
        assertEquals(List.of(), load(0));
        save(List.of(known(2, 17, 3), known(3, 18, 4)));

        List<KnownCheckpoint<Tally>> loaded = load(60_000);
        assertEquals(
                List.of(63 * SECOND_NANOS, 64 * SECOND_NANOS),
                loaded.stream().map(KnownCheckpoint::ageNanos).toList());
        Checkpoint<Tally> first = loaded.get(0).checkpoint();
        assertEquals(id(2), first.node());
        assertEquals(17, first.state().total());
        assertEquals(Map.of("tick", 5L), first.timers());
        assertEquals(42, first.connections());
        ChannelCheckpoint channel = first.channels().get(id(1));
        assertEquals(List.of(40L, 22L), List.of(channel.connection(), channel.peerConnection()));
        assertEquals(
                READ_NANOS - 64 * SECOND_NANOS,
                channel.exported().get(0).atNanos(),
                "a second before the checkpoint was taken");
        assertEquals(3 * SECOND_NANOS, load(-1_000).get(0).ageNanos(), "the time of day may be set back");
    }

    @Test
    void whatTheQuotaHasNoRoomForIsTheOldest() throws IOException {
        NeighbourStore<Tally> small = new NeighbourStore<>(file(), machine, id(1), tally(0), 1250);
        List<KnownCheckpoint<Tally>> known =
                List.of(known(2, 0, 9), known(3, 0, 1), known(4, 0, 99), known(5, 0, 3), known(6, 0, 12));
        small.save(known, WRITTEN_NANOS, EPOCH_MILLIS);
        assertTrue(Files.size(file()) <= 1250);
        List<NodeId> kept = small.load(READ_NANOS, EPOCH_MILLIS).stream()
                .map(one -> one.checkpoint().node())
                .toList();
        assertTrue(!kept.isEmpty() && kept.size() < known.size(), kept::toString);
        assertEquals(List.of(id(3), id(5), id(2), id(6), id(4)).subList(0, kept.size()), kept);
    }

    private void assertPutAside(String reason, NeighbourStore<Tally> reading) {
        try (Logged logged = new Logged()) {
            assertEquals(List.of(), reading.load(READ_NANOS, EPOCH_MILLIS));
            assertTrue(logged.has("[FS345]") && logged.has(reason), logged::toString);
        }
        assertFalse(Files.exists(file()));
        assertTrue(Files.exists(directory.resolve("n1.state.neighbours.unusable")));
        save(List.of(known(2, 1, 1)));
        assertEquals(1, load(0).size(), "another one can be written");
    }

    @Test
    void aFileWithAnyByteChangedIsPutAside() throws IOException {
        save(List.of(known(2, 17, 3)));
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at += 5) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file(), damaged);
            assertEquals(List.of(), load(0), "byte " + at);
        }
        Files.write(file(), new byte[0]);
        assertPutAside("cannot be used", store());
    }

    @Test
    void aFileThatIsTooLongIsNotEvenRead() throws IOException {
        Files.write(file(), new byte[NeighbourStore.QUOTA_BYTES + 1]);
        assertPutAside("it has 4194305 bytes, at most 4194304 are written", store());
    }

    @Test
    void aFileOfAnotherSchemaOrNodeIsPutAside() {
        save(List.of(known(2, 17, 3)));
        assertPutAside(
                "it is of n1 of the protocol 'tally' with schema 0000000000001267, not of n1 of 'tally' with"
                        + " 0000000000001268",
                store(new TallyMachine("tally", 4712), id(1)));
        assertPutAside("not of n9", store(machine, id(9)));
    }

    /** With a right checksum, as whoever means harm would make it. */
    @Test
    void aFileOfAnotherVersionOrWithAnotherTimeIsPutAside() throws IOException {
        save(List.of());
        byte[] whole = Files.readAllBytes(file());
        StateReader reader = new StateReader(new StateReader(whole).readBytes());
        int magic = reader.readInt();
        StateWriter content = new StateWriter();
        content.writeInt(magic);
        content.writeInt(reader.readInt() + 1);
        write(content);
        assertPutAside("it has version " + (WireCodec.VERSION + 1) + ", expected " + WireCodec.VERSION, store());

        Files.delete(file());
        content.reset();
        content.writeInt(magic + 1);
        write(content);
        assertPutAside("it is not a file of checkpoints", store());
    }

    private void write(StateWriter content) throws IOException {
        byte[] bytes = content.toByteArray();
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        StateWriter out = new StateWriter();
        out.writeBytes(bytes);
        out.writeLong(checksum.getValue());
        Files.write(file(), out.toByteArray());
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws IOException {
        Files.createDirectory(directory.resolve("n1.state.neighbours.new"));
        NodeException failure = assertThrows(NodeException.class, () -> save(List.of(known(2, 1, 1))));
        assertEquals("FS346", failure.code());
    }
}
