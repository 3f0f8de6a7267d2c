package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import dev.foresail.steering.transport.TransportSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that talk to each other over real sockets. */
final class ForesailNodeTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void killAll() {
        nodes.close();
    }

    @Test
    void twoNodesTalkInBothDirections() {
        nodes.start(1);
        nodes.start(2);
        nodes.node(1).call("ask", id(2), 7L).join();
        nodes.awaitHistory(2, "n1:7");
        nodes.awaitHistory(1, "n2:7");
    }

    @Test
    void aNodeWritesWhatItKnowsForTheExplorer(@TempDir Path folder) throws Exception {
        nodes.start(1);
        nodes.start(2);
        nodes.node(1).call("ask", id(2), 7L).join();
        nodes.awaitHistory(1, "n2:7");
        Path file = folder.resolve("state.jsonl");

        nodes.node(1).writeSnapshot(file).join();

        SystemSnapshot<Tally> read = SnapshotFile.read(new TallyMachine(), file);
        assertEquals(
                List.of("started", "n2:7"),
                read.nodes().get(id(1)).checkpoint().state().history());
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> nodes.node(1)
                        .writeSnapshot(folder.resolve("state.jsonl/inside"))
                        .join());
        assertTrue(String.valueOf(refused.getMessage()).contains("[FS248]"), refused::getMessage);
    }

    @Test
    void orderIsKeptWhileBothSidesConnectAtOnce() {
        for (long id = 1; id <= 3; id++) {
            nodes.start(id);
        }
        for (long from = 1; from <= 3; from++) {
            for (long to = 1; to <= 3; to++) {
                var unused = nodes.node(from).call("burst", id(to), 500L);
            }
        }
        for (long at = 1; at <= 3; at++) {
            long here = at;
            Nodes.await("all numbers at n" + at, () -> nodes.state(here).received() == 1500);
            for (long from = 1; from <= 3; from++) {
                assertEquals(numbered(from, 500), heardFrom(at, from));
            }
        }
    }

    private static List<String> numbered(long from, long count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(value -> "n" + from + ":" + value)
                .toList();
    }

    private List<String> heardFrom(long at, long from) {
        return nodes.state(at).history().stream()
                .filter(entry -> entry.startsWith("n" + from))
                .toList();
    }

    @Test
    void aKilledNodeIsHeardAgainAfterAConnectionError() {
        nodes.start(1);
        nodes.start(2);
        nodes.node(1).call("ask", id(2), 1L).join();
        nodes.awaitHistory(1, "n2:1");
        nodes.node(2).kill();
        nodes.awaitHistory(1, "n2 lost");
        nodes.start(2);
        nodes.node(2).call("send", id(1), 2L).join();
        nodes.awaitHistory(1, "n2:2");
        assertEquals(List.of("n2:1", "n2 lost", "n2:2"), heardFrom(1, 2));
    }

    @Test
    void whatIsSentToANodeThatIsDownIsOneConnectionError() {
        nodes.start(1);
        nodes.start(2);
        nodes.node(2).kill();
        nodes.node(1).call("burst", id(2), 100L).join();
        nodes.awaitHistory(1, "n2 lost");
        nodes.start(2);
        nodes.node(1).call("send", id(2), 5L).join();
        nodes.awaitHistory(2, "n1:5");
        assertEquals(List.of("n2 lost"), heardFrom(1, 2));
        assertEquals(List.of("n1:5"), heardFrom(2, 1));
    }

    @Test
    void aNodeNobodyKnowsIsAConnectionError() {
        nodes.start(1);
        try (Logged logged = new Logged()) {
            nodes.node(1).call("send", id(9), 5L).join();
            nodes.awaitHistory(1, "n9 lost");
            assertTrue(logged.has("[FS214]"), logged::toString);
        }
    }

    @Test
    void aMessageThatIsTooLongBreaksTheLink() {
        nodes.with(new TransportSettings(3, 1 << 16, Duration.ofSeconds(5), Duration.ofSeconds(5), 8));
        nodes.start(1);
        try (Logged logged = new Logged()) {
            nodes.node(1).call("send", id(2), 5L).join();
            nodes.awaitHistory(1, "n2 lost");
            assertTrue(logged.has("[FS218]"), logged::toString);
        }
    }

    @Test
    void callsAreRefusedWithAReason() {
        nodes.with(NodeSettings.DEFAULT.withIsolateFailures(true));
        nodes.start(1);
        assertEquals("FS106", refusal("jump").code());
        assertEquals("FS106", refusal("send", "nobody").code());
        assertEquals("FS105", refusal("never").code());
        assertEquals("FS107", refusal("explode").code());
        nodes.node(1).call("meet", id(2)).join();
    }

    private ProtocolException refusal(String name, Object... arguments) {
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> nodes.node(1).call(name, arguments).join());
        return assertInstanceOf(ProtocolException.class, failure.getCause());
    }

    @Test
    void aHandlerThatThrowsIsUndoneWhereFailuresAreIsolated() {
        nodes.with(NodeSettings.DEFAULT.withIsolateFailures(true));
        nodes.start(1);
        try (Logged logged = new Logged()) {
            refusal("explode");
            assertTrue(logged.has("[FS150]"), logged::toString);
            assertTrue(logged.has("total=0"), logged::toString);
        }
        assertEquals(0, nodes.state(1).total());
        assertFalse(nodes.node(1).failure().isDone());
    }

    @Test
    void whoAsksOverAndOverWhetherANodeHasFailedLeavesNothingBehind() {
        nodes.start(1);
        assertSame(nodes.node(1).failure(), nodes.node(1).failure());
    }

    @Test
    void aHandlerThatThrowsEndsTheNodeOtherwise() throws Exception {
        nodes.start(1);
        nodes.start(2);
        nodes.node(1).call("ask", id(2), 1L).join();
        nodes.awaitHistory(1, "n2:1");
        refusal("explode");
        NodeFailure failure = nodes.node(1).failure().get(60, TimeUnit.SECONDS);
        assertTrue(failure.event().contains("explode"), failure::toString);
        nodes.awaitHistory(2, "n1 lost");
        assertThrows(
                CompletionException.class, () -> nodes.node(1).snapshotState().join());
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
            NodeException failure =
                    assertThrows(NodeException.class, () -> nodes.start(1, address, new TallyMachine()));
            assertEquals("FS210", failure.code());
            assertTrue(String.valueOf(failure.getMessage()).contains(":" + address.getPort()), failure::getMessage);
        }
    }

    @Test
    void aProtocolThatIsNotThereIsNamedWithTheOnesThatAre() {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        NodeException failure = assertThrows(
                NodeException.class,
                () -> ProtocolLookup.find("kitchn", getClass().getClassLoader()));
        assertEquals("FS215", failure.code());
        assertTrue(String.valueOf(failure.getMessage()).contains("kitchen"), failure::getMessage);
        assertEquals(
                "kitchen",
                ProtocolLookup.find("kitchen", getClass().getClassLoader()).protocol());
        try (ForesailNode node = ForesailNode.start(nodes.configuration("kitchen", 1, free))) {
            assertTrue(node.address().getPort() > 0);
        }
    }

    @Test
    void aWrongParameterIsNamed() {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var wrong = dev.foresail.steering.config.NodeConfiguration.of("kitchen", id(1), free)
                .parameters(new java.util.TreeMap<>(java.util.Map.of("limits", "3")))
                .build();
        NodeException failure = assertThrows(NodeException.class, () -> ForesailNode.start(wrong));
        assertEquals("FS216", failure.code());
    }

    @Test
    void decisionsAreKeptAndCounted() {
        nodes.start(1);
        nodes.start(2);
        nodes.start(3);
        nodes.node(1).call("meet", id(2)).join();
        nodes.node(1).call("meet", id(3)).join();
        for (long value = 1; value <= DecisionLog.CAPACITY + 10; value++) {
            nodes.node(1).call("spread", value).join();
        }
        NodeStatistics statistics = nodes.node(1).statistics();
        List<Decision> decisions = new ArrayList<>(statistics.decisions());
        assertEquals(DecisionLog.CAPACITY, decisions.size());
        assertEquals(10, statistics.decisionsDropped());
        assertEquals(11, decisions.get(0).number());
        assertEquals(DecisionLog.CAPACITY + 10, statistics.decisionCounts().fallback());
        assertEquals(DecisionLog.CAPACITY + 10, statistics.messagesSent());
        assertEquals(List.of("spread[n2]", "spread[n3]"), decisions.get(0).alternatives());
    }

    @Test
    void aTimerFiresAndTheClosedNodeAnswersNoMore() {
        nodes.start(1);
        nodes.node(1).call("later", 3L).join();
        nodes.awaitHistory(1, "tick");
        nodes.node(1).close();
        assertThrows(
                CompletionException.class,
                () -> nodes.node(1).call("meet", NodeId.of(2)).join());
    }
}
