package dev.foresail.steering.storage;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Council;
import dev.foresail.steering.fixture.CouncilMachine;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeStorageTest {
    private static final NodeId SELF = NodeId.of(2);
    private static final byte[] NO_FACTS = {};

    @TempDir
    Path directory;

    private final TallyMachine machine = new TallyMachine();

    private Path file() {
        return directory.resolve("deep").resolve("n2.state");
    }

    private NodeStorage.Opened<Tally> open() {
        return open(machine, SELF);
    }

    private NodeStorage.Opened<Tally> open(TallyMachine wanted, NodeId self) {
        return open(wanted, self, 0);
    }

    private NodeStorage.Opened<Tally> open(TallyMachine wanted, NodeId self, long epochMillis) {
        return NodeStorage.open(file(), wanted, self, wanted.create(List.of(10L)), epochMillis);
    }

    private byte[] durable(long total) {
        Tally state = machine.read(new StateReader(new byte[] {0, 0, 0, (byte) (total << 1)}), state());
        assertEquals(total, state.total());
        return NodeStorage.durableBytes(machine, state);
    }

    private Tally state() {
        return machine.create(List.of(10L));
    }

    @Test
    void theIncarnationGrowsWithEveryStartAndTheStateIsKept() {
        NodeStorage.Opened<Tally> first = open();
        assertEquals(1, first.incarnation());
        assertTrue(first.state().isEmpty());
        first.storage().write(durable(21), NO_FACTS);
        first.storage().write(durable(42), NO_FACTS);
        NodeStorage.Opened<Tally> second = open();
        assertEquals(2, second.incarnation());
        assertEquals(42, second.state().orElseThrow().total());
        assertEquals(3, open().incarnation());
    }

    @Test
    void whatIsKnownOfStableFieldsIsKept() throws IOException {
        CouncilMachine council = new CouncilMachine();
        SortedMap<NodeId, Council> known = new TreeMap<>();
        known.put(SELF, Council.having("red", 1));
        known.put(NodeId.of(400), Council.having("blue", 2));
        NodeStorage.Opened<Council> first = openCouncil(council);
        assertTrue(first.facts().isEmpty());
        first.storage().write(new byte[0], NodeStorage.factsBytes(council, known));

        SortedMap<NodeId, Council> kept = openCouncil(council).facts();

        assertEquals(known.keySet(), kept.keySet());
        assertEquals("red", kept.get(SELF).decided().orElseThrow());
        assertEquals("blue", kept.get(NodeId.of(400)).decided().orElseThrow());
        assertEquals(kept.keySet(), openCouncil(council).facts().keySet(), "an opened file keeps them too");
    }

    private NodeStorage.Opened<Council> openCouncil(CouncilMachine council) {
        return NodeStorage.open(file(), council, SELF, council.create(List.of()), 0);
    }

    @Test
    void theIncarnationFollowsTheClockButNeverBack() throws IOException {
        assertEquals(5_000, open(machine, SELF, 5_000).incarnation());
        assertEquals(9_000, open(machine, SELF, 9_000).incarnation());
        assertEquals(9_001, open(machine, SELF, 6_000).incarnation());
        Files.delete(file());
        assertEquals(9_500, open(machine, SELF, 9_500).incarnation());
    }

    @Test
    void everyFlippedByteAndEveryCutIsFound() throws IOException {
        open().storage().write(durable(42), NO_FACTS);
        byte[] good = Files.readAllBytes(file());
        for (int index = 0; index < good.length; index++) {
            byte[] flipped = good.clone();
            flipped[index] ^= 0x10;
            Files.write(file(), flipped);
            assertEquals("FS211", assertThrows(NodeException.class, this::open).code());
            Files.write(file(), java.util.Arrays.copyOf(good, index));
            assertEquals("FS211", assertThrows(NodeException.class, this::open).code());
        }
        Files.write(file(), good);
        assertEquals(42, open().state().orElseThrow().total());
    }

    @Test
    void whatAnotherNodeOrProtocolHasWrittenIsRefused() {
        open();
        assertEquals(
                "FS212",
                assertThrows(NodeException.class, () -> open(machine, NodeId.of(3)))
                        .code());
        TallyMachine newer = new TallyMachine("tally", 4712);
        assertEquals(
                "FS212",
                assertThrows(NodeException.class, () -> open(newer, SELF)).code());
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.createFile(directory.resolve("deep"));
        NodeException failure = assertThrows(NodeException.class, this::open);
        assertEquals("FS211", failure.code());
        assertTrue(String.valueOf(failure.getMessage()).contains("n2.state"), failure::getMessage);
    }

    @Test
    void aNodeThatIsKilledRestartsWithWhatItsPeersHaveSeenOfIt() {
        try (Nodes nodes = new Nodes()) {
            nodes.start(1);
            nodes.withStorage(file()).start(2);
            nodes.node(1).call("ask", id(2), 30L).join();
            nodes.awaitHistory(1, "n2:30");
            nodes.node(2).kill();
            nodes.awaitHistory(1, "n2 lost");
            nodes.start(2);
            assertEquals(List.of("restarted with 30"), nodes.state(2).history());
            nodes.node(1).call("ask", id(2), 12L).join();
            Nodes.await("n2 is told 12", () -> nodes.state(2).total() == 42);
            nodes.node(2).close();
            assertFalse(Files.exists(file().resolveSibling("n2.state.new")));
            assertEquals(42, open().state().orElseThrow().total());
        }
    }
}
