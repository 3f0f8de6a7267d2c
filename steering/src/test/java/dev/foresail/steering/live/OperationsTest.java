package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Granary;
import dev.foresail.steering.fixture.GranaryMachine;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Operators;
import dev.foresail.steering.fixture.Turnstile;
import dev.foresail.steering.fixture.TurnstileMachine;
import dev.foresail.steering.operations.OperationsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator at live granaries with room for 10 each. */
final class OperationsTest {
    private final Nodes nodes = new Nodes().with(SteeringMode.STEER);
    private final GranaryMachine machine = new GranaryMachine();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void end() {
        nodes.close();
    }

    private InetSocketAddress granary() {
        nodes.with(new Operators(directory).settings()).start(1, machine);
        return nodes.operators(1);
    }

    private void store(int grain) {
        nodes.node(1).call("store", grain).join();
    }

    private int stored() {
        return ((Granary) nodes.node(1).snapshotState().join()).stored();
    }

    private static void assertRefused(int status, String code, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer::body);
        assertTrue(answer.body().startsWith("[" + code + "] "), answer::body);
    }

    @Test
    void theMetricsSayWhatTheNodeHasDone() {
        InetSocketAddress at = granary();
        store(10);
        assertThrows(CompletionException.class, () -> store(1));
        HttpResponse<String> answer = Operators.get(at, "/metrics");
        assertEquals(200, answer.statusCode());
        List<String> lines = answer.body().lines().toList();
        for (String line : List.of(
                "foresail_events_handled_total "
                        + (double) nodes.node(1).statistics().eventsHandled(),
                "foresail_events_turned_away_total 1.0",
                "foresail_decisions_total{source=\"predicted\"} 0.0",
                "foresail_interventions_total{mode=\"steer\",property=\"isNotOverfull\"} 1.0",
                "foresail_interventions_total{mode=\"observe\",property=\"isNotOverfull\"} 0.0",
                "foresail_messages_sent_total 0.0",
                "foresail_envelopes_sent_total 0.0",
                "foresail_decision_latency_seconds{quantile=\"0.99\"} 0.0")) {
            assertTrue(lines.contains(line), () -> line + " is missing in\n" + answer.body());
        }
        assertTrue(answer.body().contains("foresail_event_loop_gap_seconds{quantile=\"1\"} "), answer::body);
        assertFalse(answer.body().contains("node="), answer::body);
    }

    @Test
    void statusTellsTheLatestInterventions() {
        InetSocketAddress at = granary();
        for (int grain = 11; grain <= 31; grain++) {
            int tooMuch = grain;
            assertThrows(CompletionException.class, () -> store(tooMuch));
        }
        String status = Operators.get(at, "/status", Operators.TOKEN).body();
        assertEquals(20, status.split("\"handler\"", -1).length - 1, status);
        assertFalse(status.contains("[11]"), status);
        assertTrue(status.indexOf("[12]") < status.indexOf("[31]"), status);
    }

    @Test
    void aNodeThatHangsAsItStartsIsNeitherReadyNorHealthyAndIsSwitchedOnceItGoesOn() {
        Turnstile.Bar.shut();
        try {
            nodes.with(new Operators(directory).settings()).start(1, new TurnstileMachine());
            InetSocketAddress at = nodes.operators(1);
            assertEquals(503, Operators.get(at, "/ready").statusCode());
            assertRefused(503, "FS325", Operators.get(at, "/health"));
            assertRefused(503, "FS325", Operators.post(at, "/mode", "{\"mode\":\"off\"}"));
            assertEquals(200, Operators.get(at, "/metrics").statusCode());
            Turnstile.Bar.open();
            Nodes.await("health", () -> Operators.get(at, "/health").statusCode() == 200);
            assertEquals(200, Operators.get(at, "/ready").statusCode());
            String status = Operators.get(at, "/status", Operators.TOKEN).body();
            assertTrue(status.contains("\"mode\":\"off\""), status);
        } finally {
            Turnstile.Bar.open();
        }
    }

    @Test
    void statusTellsWhoIsThereAndWhatSteeringHasDone() {
        InetSocketAddress at = granary();
        nodes.start(2, machine);
        nodes.node(2).call("hand", Nodes.id(1), 3).join();
        Nodes.await("the sack", () -> stored() == 3);
        assertThrows(CompletionException.class, () -> store(8));
        String status = Operators.get(at, "/status", Operators.TOKEN).body();
        for (String part : List.of(
                "{\"protocol\":\"granary\",\"node\":1,\"incarnation\":1,\"uptimeSeconds\":",
                "\"mode\":\"steer\"",
                "\"decisions\":{\"predicted\":0,\"cached\":0,\"fallback\":0}",
                "\"eventsTurnedAway\":1,",
                "\"peersConnected\":[2]",
                "\"peersSuspected\":[]",
                "\"handler\":\"store\",\"property\":\"isNotOverfull\",\"steered\":true}]")) {
            assertTrue(status.contains(part), () -> part + " is missing in " + status);
        }
    }

    @Test
    void statusAndModeAreForThoseWhoShowTheToken() {
        InetSocketAddress at = granary();
        assertRefused(401, "FS323", Operators.get(at, "/status"));
        assertRefused(401, "FS323", Operators.get(at, "/status", Operators.TOKEN + "0"));
        assertRefused(401, "FS323", Operators.get(at, "/status", ""));
        assertEquals(200, Operators.get(at, "/status", Operators.TOKEN).statusCode());
    }

    @Test
    void theModeIsSwitchedWhileTheNodeRuns() {
        InetSocketAddress at = granary();
        assertThrows(CompletionException.class, () -> store(11));
        assertEquals(
                "{\"before\":\"steer\",\"mode\":\"observe\"}\n",
                Operators.post(at, "/mode", "{\"mode\":\"observe\"}").body());
        try (Logged log = new Logged()) {
            store(11);
            assertTrue(log.has("[FS301] n1: store on Call"), log::toString);
            assertTrue(log.has("; only observed"), log::toString);
        }
        assertEquals(11, stored());
        NodeStatistics statistics = nodes.node(1).statistics();
        assertEquals(1, statistics.interventions("isNotOverfull", false));
        store(-11);

        assertEquals(200, Operators.post(at, "/mode", "{\"mode\":\"off\"}").statusCode());
        store(12);
        assertEquals(2, statistics.interventions().size(), "nothing is looked for");
        store(-12);

        assertEquals(200, Operators.post(at, "/mode", "{\"mode\":\"steer\"}").statusCode());
        assertThrows(CompletionException.class, () -> store(11));
        assertEquals(0, stored());
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        InetSocketAddress at = granary();
        assertRefused(404, "FS326", Operators.get(at, "/metric"));
        assertTrue(Operators.get(at, "/metric").body().contains("did you mean '/metrics'?"));
        assertRefused(405, "FS326", Operators.get(at, "/mode", Operators.TOKEN));
        assertRefused(400, "FS326", Operators.post(at, "/mode", "{\"mode\":\"stear\"}"));
        assertRefused(400, "FS326", Operators.post(at, "/mode", "steer"));
        assertRefused(400, "FS326", Operators.post(at, "/mode", "{\"made\":\"steer\"}"));
        assertEquals(413, Operators.post(at, "/mode", " ".repeat(2000)).statusCode());
        assertTrue(Operators.get(at, "/status", Operators.TOKEN).body().contains("\"mode\":\"steer\""));
    }

    @Test
    void thereAreNeverMoreThanAFewConnections() throws IOException {
        InetSocketAddress at = granary();
        List<Socket> open = new ArrayList<>();
        try {
            for (int number = 0; number < 64; number++) {
                open.add(new Socket(at.getAddress(), at.getPort()));
            }
            try (Socket tooMany = new Socket(at.getAddress(), at.getPort())) {
                assertEquals(-1, tooMany.getInputStream().read());
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        Nodes.await("room again", () -> answers(at));
    }

    private static boolean answers(InetSocketAddress at) {
        try {
            return Operators.get(at, "/health").statusCode() == 200;
        } catch (java.io.UncheckedIOException stillTooMany) {
            return false;
        }
    }

    @Test
    void thePortIsFreeWhenTheNodeHasEnded() throws IOException {
        InetSocketAddress at = granary();
        nodes.node(1).close();
        try (ServerSocket taken = new ServerSocket(at.getPort(), 1, at.getAddress())) {
            assertEquals(at.getPort(), taken.getLocalPort());
        }
    }

    /** Repeated, because a loop that is told to end may do so before or after it has looked at its channels. */
    @RepeatedTest(30)
    void aNodeThatFailsEndsItsOperationsToo() {
        nodes.with(SteeringMode.OFF).with(new Operators(directory).settings()).start(1);
        InetSocketAddress at = nodes.operators(1);
        assertThrows(
                CompletionException.class, () -> nodes.node(1).call("explode").join());
        nodes.node(1).failure().join();
        Nodes.await("the end", () -> !answers(at));
    }

    @Test
    void aTokenFileThatIsNoSecretIsRefused() {
        Operators operators = new Operators(directory);
        assertEquals("FS321", refusal(operators.token(Operators.TOKEN, "rw-r-----")));
        assertEquals("FS321", refusal(operators.token(Operators.TOKEN, "rw----r--")));
        assertEquals("FS320", refusal(operators.token("short")));
        assertEquals("FS320", refusal(operators.token("two words that are long enough")));
        assertEquals("FS320", refusal(directory.resolve("missing")));
    }

    private String refusal(Path token) {
        nodes.with(Operators.settings(token));
        return assertThrows(NodeException.class, () -> nodes.start(1, machine)).code();
    }

    @Test
    void aTakenPortIsSaidSoAndLeavesNothingBehind() throws IOException {
        int free;
        try (ServerSocket some = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = some.getLocalPort();
        }
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), free);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nodes.with(new OperationsSettings(
                    (InetSocketAddress) taken.getLocalSocketAddress(),
                    new Operators(directory).token(Operators.TOKEN)));
            NodeException refused = assertThrows(NodeException.class, () -> nodes.start(1, listen, machine));
            assertEquals("FS210", refused.code());
        }
        nodes.with(new Operators(directory).settings());
        nodes.start(1, listen, machine);
    }

    @Test
    void whoServesOtherMachinesIsWarned() throws IOException {
        try (Logged log = new Logged()) {
            nodes.with(new OperationsSettings(
                            new InetSocketAddress("0.0.0.0", 0), new Operators(directory).token(Operators.TOKEN)))
                    .start(1, machine);
            assertTrue(log.has("[FS327] "), log::toString);
        }
    }
}
