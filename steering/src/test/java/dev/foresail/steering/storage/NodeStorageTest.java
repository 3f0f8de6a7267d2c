package dev.foresail.steering.storage;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeStorageTest {
    private static final NodeId SELF = NodeId.of(2);

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
        first.storage().write(durable(21));
        first.storage().write(durable(42));
        NodeStorage.Opened<Tally> second = open();
        assertEquals(2, second.incarnation());
        assertEquals(42, second.state().orElseThrow().total());
        assertEquals(3, open().incarnation());
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
        open().storage().write(durable(42));
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
