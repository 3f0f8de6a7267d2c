package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.fixture.GranaryMachine;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Operators;
import dev.foresail.steering.fixture.Turnstile;
import dev.foresail.steering.fixture.TurnstileMachine;
import dev.foresail.steering.transport.TransportSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator at the command line, and a live granary with room for 10. */
final class NodeVerbTest {
    private final Nodes nodes = new Nodes().with(SteeringMode.STEER);

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void end() {
        nodes.close();
    }

    private void startGranary() {
        nodes.with(new Operators(directory).settings()).start(1, new GranaryMachine());
    }

    private String at() {
        return "127.0.0.1:" + nodes.operators(1).getPort();
    }

    private String token() {
        return token(Operators.TOKEN);
    }

    private String token(String content) {
        return new Operators(directory).token(content).toString();
    }

    private static void assertRefused(String code, CommandRun run) {
        assertEquals(ExitCode.USAGE, run.code(), run::toString);
        assertTrue(run.err().startsWith("[" + code + "] "), run::toString);
        assertEquals("", run.out());
    }

    @Test
    void statusIsATableForPeople() {
        startGranary();
        assertThrows(
                CompletionException.class, () -> nodes.node(1).call("store", 11).join());
        CommandRun run = CommandRun.of("node", "status", "--at", at(), "--token", token());
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        String out = run.out().replaceAll(" +", " ");
        for (String part : List.of(
                "node 1 of granary",
                "steering steer",
                "events turned away 1",
                "decisions 0 predicted, 0 cached, 0 by the fast policy",
                "peers connected none",
                "peers suspected none",
                "looking ahead ",
                " violations foreseen, ",
                "store isNotOverfull check yes Call")) {
            assertTrue(out.contains(part), () -> part + " is missing in " + run);
        }
    }

    @Test
    void statusIsAnObjectForTools() {
        startGranary();
        CommandRun run = CommandRun.of("node", "status", "--at", at(), "--token", token(), "--json");
        assertEquals(
                List.of(
                        "protocol",
                        "node",
                        "incarnation",
                        "uptimeSeconds",
                        "mode",
                        "decisions",
                        "explored",
                        "exploredPredictedRegret",
                        "eventsHandled",
                        "eventsTurnedAway",
                        "messagesSent",
                        "peersConnected",
                        "lookingAhead",
                        "peersSuspected",
                        "interventions",
                        "timeOuts",
                        "timers"),
                List.copyOf(run.json().keySet()));
        assertEquals("granary", run.json().get("protocol"));
    }

    /** Two nodes that have exchanged news of their link. */
    private void startAcquainted() {
        nodes.with(TransportSettings.DEFAULT.withNews(Duration.ofMillis(5)))
                .with(new Operators(directory).settings())
                .start(1);
        nodes.start(2);
        Nodes.await("a measured link", () -> {
            nodes.node(1).call("ask", Nodes.id(2), 1L).join();
            return links("--json").out().contains("estimateMicros");
        });
    }

    private CommandRun links(String... more) {
        List<String> arguments = new ArrayList<>(List.of("topology", "describe", "--at", at(), "--token", token()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void whatANodeKnowsOfItsLinksIsATable() {
        startAcquainted();
        CommandRun run = links();
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        String out = run.out().replaceAll(" +", " ");
        assertTrue(out.startsWith("links of node 1: 1 measured; estimates by coordinates are off by some "), out);
        assertTrue(out.contains("peer rtt ms by spread samples age s least ms estimate ms KiB/s loss % 95 %"), out);
        assertTrue(out.lines().anyMatch(line -> line.matches("\\s*2 [0-9.]+ (kernel|nodes) [0-9.]+ [0-9]+ .*")), out);
    }

    @Test
    void whatANodeKnowsOfItsLinksIsAnObjectForTools() {
        startAcquainted();
        CommandRun run = links("--json");
        assertEquals(
                List.of("node", "peers", "placeErrorPercent", "links"),
                List.copyOf(run.json().keySet()));
        for (String part : List.of(
                "\"peer\":2",
                "\"roundTripMicros\":",
                "\"measuredBy\":",
                "\"spreadMicros\":",
                "\"samples\":",
                "\"estimateMicros\":")) {
            assertTrue(run.out().contains(part), () -> part + " is missing in " + run);
        }
    }

    @Test
    void linksOfANodeAreOnlyForWhoHasItsTokenAndWatchedOnATerminal() {
        nodes.with(new Operators(directory).settings()).start(1);
        assertTrue(links().out().contains("0 measured"));
        assertRefused("FS200", links("--watch"));
        assertRefused("FS200", CommandRun.of("topology", "describe", "--watch"));
        String other = token("x".repeat(20));
        assertRefused("FS323", CommandRun.of("topology", "describe", "--at", at(), "--token", other));
    }

    @Test
    void aNodeWithoutFiltersSaysSo() {
        startGranary();
        CommandRun run = CommandRun.of("node", "filters", "--at", at(), "--token", token());
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertTrue(run.out().contains("no event filters in place"), run::toString);
        CommandRun json = CommandRun.of("node", "filters", "--at", at(), "--token", token(), "--json");
        assertEquals(Map.of("filters", List.of()), json.json());
    }

    @Test
    void aFilterIsShownWithThePathThatItIsThereFor() {
        startGranary();
        nodes.node(1).call("store", 6).join();
        Nodes.await("a filter", () -> nodes.node(1).statistics().lookingAhead().installedFilters() > 0);
        CommandRun run = CommandRun.of("node", "filters", "--at", at(), "--token", token());
        String out = run.out().replaceAll(" +", " ");
        assertTrue(out.contains("Call[name=store, arguments=[6]] isNotOverfull 0 of 0"), run::toString);
        assertTrue(out.contains("the path that filter 1 was put there for:"), run::toString);
        assertTrue(out.contains("n1 call store[6]"), run::toString);
    }

    @Test
    void steeringIsSwitchedOffAtOnce() {
        startGranary();
        CommandRun run = CommandRun.of("node", "mode", "off", "--at", at(), "--token", token(), "--json");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertEquals(Map.of("before", "steer", "mode", "off"), run.json());
        nodes.node(1).call("store", 11).join();
        assertEquals(List.of(), nodes.node(1).statistics().interventions());
        CommandRun back = CommandRun.of("node", "mode", "steer", "--at", at(), "--token", token());
        assertTrue(back.out().contains("steer, before: off"), back::toString);
    }

    @Test
    void aWrongTokenIsToldFromATokenThatIsNone() {
        startGranary();
        assertRefused("FS323", CommandRun.of("node", "status", "--at", at(), "--token", token("x".repeat(20))));
        assertRefused("FS320", CommandRun.of("node", "status", "--at", at(), "--token", token("x")));
        assertRefused("FS323", CommandRun.of("node", "mode", "off", "--at", at(), "--token", token("x".repeat(20))));
        assertTrue(CommandRun.of("node", "status", "--at", at(), "--token", token())
                .out()
                .contains("steer"));
    }

    @Test
    void whereNobodyListensIsSaidSo() throws IOException {
        int free;
        try (ServerSocket some = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = some.getLocalPort();
        }
        CommandRun run = CommandRun.of("node", "status", "--at", "127.0.0.1:" + free, "--token", token());
        assertRefused("FS322", run);
        assertTrue(run.err().contains("127.0.0.1:" + free), run::err);
    }

    @Test
    void whatIsNoNodeIsSaidSo() throws IOException {
        assertRefused("FS324", statusOf("hello, who is there?\r\n\r\n"));
        assertRefused("FS324", statusOf("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"));
        assertRefused("FS324", statusOf("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        assertRefused("FS324", statusOf(ok("{\"protocol\":\"p\",\"node\":1,\"mode\":\"off\"}")));
        assertRefused("FS324", asked(ok("{}"), "node", "mode", "off"));
        assertRefused("FS324", statusOf("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"));
        assertRefused("FS324", statusOf("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n"));
        startGranary();
        String transport = "127.0.0.1:" + nodes.address(1).getPort();
        assertRefused("FS324", CommandRun.of("node", "status", "--at", transport, "--token", token()));
    }

    /** Asks somebody who gives the same answer to whatever is asked. */
    private CommandRun statusOf(String answer) throws IOException {
        return asked(answer, "node", "status");
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void whoeverAnswersDoesNotSteerTheTerminal() throws IOException {
        String body = "[FS323] no\n\u001b[2Jmore";
        CommandRun run = statusOf("HTTP/1.1 403 Forbidden\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        assertRefused("FS323", run);
        assertTrue(run.err().contains("answers: no??[2Jmore"), run::err);
    }

    private CommandRun asked(String answer, String... verb) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answerAll(server, answer), "stranger");
            thread.setDaemon(true);
            thread.start();
            List<String> arguments = new ArrayList<>(List.of(verb));
            arguments.addAll(List.of("--at", "127.0.0.1:" + server.getLocalPort(), "--token", token()));
            return CommandRun.of(arguments.toArray(String[]::new));
        }
    }

    private static void answerAll(ServerSocket server, String answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException over) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(over);
                }
            }
        }
    }

    @Test
    void aNodeThatHangsIsSaidToHang() {
        Turnstile.Bar.shut();
        try {
            nodes.with(new Operators(directory).settings()).start(1, new TurnstileMachine());
            assertRefused("FS325", CommandRun.of("node", "status", "--at", at(), "--token", token()));
        } finally {
            Turnstile.Bar.open();
        }
    }

    @Test
    void wrongUsageIsSaidBeforeAnybodyIsAsked() {
        assertRefused("FS200", CommandRun.of("node"));
        assertRefused("FS200", CommandRun.of("node", "status", "--token", token()));
        CommandRun tokenless = CommandRun.of("node", "status", "--at", "127.0.0.1:1");
        assertRefused("FS200", tokenless);
        assertTrue(tokenless.err().contains("--token"), tokenless::err);
        assertRefused("FS200", CommandRun.of("node", "status", "--at", "localhost", "--token", token()));
        assertRefused("FS200", CommandRun.of("node", "status", "--at", "localhost:70000", "--token", token()));
        CommandRun stear = CommandRun.of("node", "mode", "stear", "--at", "127.0.0.1:1", "--token", token());
        assertRefused("FS200", stear);
        assertTrue(stear.err().contains("did you mean 'steer'?"), stear::err);
    }
}
