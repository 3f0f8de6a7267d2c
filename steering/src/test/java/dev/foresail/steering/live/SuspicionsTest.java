package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.detector.FailureDetectorSettings;
import dev.foresail.steering.detector.FailureDetectorSettings.Use;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Authority;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Vigil;
import dev.foresail.steering.fixture.VigilMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Live nodes that watch each other, over real sockets; a silence of some four seconds is suspicious. */
final class SuspicionsTest {
    private static final FailureDetectorSettings DETECTOR = new FailureDetectorSettings(
            Use.WHEN_HANDLED,
            new PhiAccrualSettings(8, 100, Duration.ofMillis(100), Duration.ofSeconds(3), Duration.ofMillis(250)));

    private final Nodes nodes = new Nodes().with(DETECTOR);

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void killAll() {
        nodes.close();
    }

    private void start(long id) {
        nodes.start(id, new VigilMachine());
    }

    /** Both have greeted each other, and heard heartbeats. */
    private void acquaint() {
        nodes.node(1).call("greet", id(2)).join();
        nodes.node(2).call("greet", id(1)).join();
        Nodes.await("greetings", () -> has(1, "greeted by n2") && has(2, "greeted by n1"));
        nodes.node(2).call("toil", 2_000L).join();
    }

    private List<String> entries(long id) {
        return ((Vigil) nodes.node(id).snapshotState().join()).entries();
    }

    private boolean has(long id, String entry) {
        return entries(id).contains(entry);
    }

    private boolean suspects(long id, long peer) {
        return nodes.node(id).statistics().suspectedPeers().contains(id(peer));
    }

    @Test
    @Execution(CONCURRENT)
    void aSlowHandlerIsNoDeadPeerButAKilledOneIs() {
        start(1);
        start(2);
        acquaint();
        nodes.node(2).call("toil", 5_000L).join();
        assertEquals(List.of("greeted by n2"), entries(1));

        nodes.node(2).kill();
        Nodes.await("a suspicion", () -> has(1, "suspected n2"));
        assertEquals(List.of("greeted by n2", "lost n2", "suspected n2"), entries(1));
        assertTrue(suspects(1, 2));
    }

    @Test
    void datagramsThatAreNoHeartbeatsAreCountedAndSaidOnce() throws IOException {
        start(1);
        try (Logged logged = new Logged();
                DatagramSocket stranger = new DatagramSocket()) {
            Nodes.await("a line", () -> {
                send(stranger, nodes.node(1).address());
                return logged.has("[FS343] n1 ignored");
            });
            assertEquals(1, logged.count("[FS343]"));
        }
    }

    private static void send(DatagramSocket from, InetSocketAddress to) {
        try {
            from.send(new DatagramPacket(new byte[9], 9, to));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aStoppedNodeIsSuspectedUntilItIsHeardAgainAndSuspectsNobodyItself() {
        start(1);
        start(2);
        acquaint();
        nodes.node(2).pause(Duration.ofSeconds(8));
        Nodes.await("a suspicion", () -> has(1, "suspected n2"));
        assertEquals(new TreeSet<>(List.of(id(2))), nodes.node(1).statistics().suspectedPeers());
        Nodes.await("heartbeats again", () -> !suspects(1, 2));
        assertEquals(List.of("greeted by n2", "suspected n2"), entries(1), "the connection was whole all the time");
        nodes.node(2).call("greet", id(1)).join();
        Nodes.await("another greeting", () -> entries(1).size() == 3);
        assertEquals(List.of("greeted by n1", "toiled"), entries(2));
    }

    @Test
    @Execution(CONCURRENT)
    void onAStageACutIsSuspectedAtBothEndsThoughTheConnectionIsNotNoticedToBeBroken() {
        Map<NodeId, List<String>> written = new TreeMap<>();
        LiveStageSettings<Vigil> settings = new LiveStageSettings<>(
                new VigilMachine(),
                List.of(),
                List.of(id(1), id(2)),
                new UniformTopology(2, 5_000_000),
                1,
                2,
                ResolverSettings.policy(ResolverSettings.Kind.FIRST),
                NodeSettings.DEFAULT,
                1,
                SteeringMode.OFF);
        LiveOutcome outcome = new LiveStage<>(settings)
                .play(
                        new Played(stage -> {
                            stage.nodes().forEach(stage::start);
                            stage.call(id(1), "greet", List.of(id(2)));
                            stage.at(
                                    Duration.ofSeconds(4),
                                    () -> stage.cut(id(1), id(2), Duration.ofSeconds(60), Duration.ofSeconds(50)));
                            stage.at(
                                    Duration.ofSeconds(6),
                                    () -> whenSuspected(stage, () -> {
                                        stage.nodes().forEach(node -> written.put(node, entries(stage, node)));
                                        stage.finish();
                                    }));
                        }),
                        List.of(),
                        Duration.ofSeconds(60));
        assertEquals(List.of(), outcome.failures());
        assertEquals(Map.of(id(1), List.of("suspected n2"), id(2), List.of("greeted by n1", "suspected n1")), written);
    }

    /** Runs it when each has suspected somebody. */
    private static void whenSuspected(Stage stage, Runnable then) {
        boolean all = stage.nodes().stream()
                .allMatch(node -> entries(stage, node).toString().contains("suspected"));
        stage.at(stage.now().plusMillis(200), all ? then : () -> whenSuspected(stage, then));
    }

    private static List<String> entries(Stage stage, NodeId node) {
        return ((Vigil) stage.state(node).orElseThrow()).entries();
    }

    @Test
    @Execution(CONCURRENT)
    void heartbeatsOfNodesWithCertificatesAreHeardToo() {
        Authority authority = new Authority(folder);
        nodes.with(authority.of(1));
        start(1);
        nodes.with(authority.of(2));
        start(2);
        acquaint();
        nodes.node(2).kill();
        Nodes.await("a suspicion", () -> has(1, "suspected n2"));
    }

    @Test
    void aPortThatIsTakenForDatagramsIsSaidAndCanBeDoneWithout() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket taken = takenForDatagrams(loopback);
                DatagramSocket another = takenForDatagrams(loopback)) {
            NodeException refused = assertThrows(
                    NodeException.class, () -> nodes.start(1, listen(loopback, taken), new VigilMachine()));
            assertEquals("FS340", refused.code());
            nodes.with(new FailureDetectorSettings(Use.NEVER, PhiAccrualSettings.DEFAULT));
            nodes.start(1, listen(loopback, another), new VigilMachine());
            nodes.node(1).call("greet", id(1)).join();
            Nodes.await("a greeting", () -> has(1, "greeted by n1"));
        }
    }

    /** At a port that nobody uses for connections either: others' connections have ports of their own. */
    private static DatagramSocket takenForDatagrams(InetAddress host) throws IOException {
        while (true) {
            DatagramSocket taken = new DatagramSocket(0, host);
            try (ServerSocket free = new ServerSocket(taken.getLocalPort(), 1, host)) {
                assertTrue(free.isBound());
                return taken;
            } catch (BindException used) {
                taken.close();
            }
        }
    }

    private static InetSocketAddress listen(InetAddress host, DatagramSocket socket) {
        return new InetSocketAddress(host, socket.getLocalPort());
    }

    @Test
    @Execution(CONCURRENT)
    void aProtocolThatHandlesNoSuspicionsHasADetectorOnlyWhenAsked() throws IOException {
        nodes.start(1);
        try (DatagramSocket free = new DatagramSocket(nodes.address(1))) {
            assertTrue(free.isBound());
        }
        nodes.with(new FailureDetectorSettings(Use.ALWAYS, DETECTOR.silences())).start(2);
        nodes.start(3);
        assertThrows(IOException.class, () -> new DatagramSocket(nodes.address(3)).close());
        nodes.node(2).call("ask", id(3), 7L).join();
        nodes.awaitHistory(2, "n3:7");
        nodes.node(3).call("sleep", 2_000L).join();
        nodes.node(3).kill();
        Nodes.await("a suspicion", () -> suspects(2, 3));
        assertFalse(suspects(2, 1));
    }
}
