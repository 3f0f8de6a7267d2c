package dev.foresail.steering.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.log.LogLevel;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.fixture.GranaryMachine;
import dev.foresail.steering.fixture.KitchenMachine;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Operators;
import dev.foresail.steering.logging.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live nodes remember what they did last, and say so when something goes wrong. */
final class LiveLogTest {
    private final Nodes nodes = new Nodes();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void end() {
        nodes.close();
    }

    private String log(long id) {
        return Operators.get(nodes.operators(id), "/log", Operators.TOKEN).body();
    }

    @Test
    void operatorsAreToldTheLatestEvents() {
        nodes.with(new Operators(directory).settings()).start(1);
        nodes.start(2);
        nodes.node(2).call("ask", Nodes.id(1), 7L).join();
        nodes.awaitHistory(2, "n1:7");
        String one = log(1);
        for (String part : List.of(
                "\"protocol\":\"tally\",\"node\":1,",
                "\"kind\":\"message Figure\",\"text\":\"receives Figure[value=7, hops=1] from n2\","
                        + "\"outcome\":\"handled\",\"handler\":\"number\",",
                "\"sends\":[{\"to\":2,\"message\":\"Figure[value=7, hops=0]\"}]")) {
            assertTrue(one.contains(part), () -> part + " is missing in " + one);
        }
        assertTrue(log(2).contains("\"text\":\"call ask[n1, 7]\""), () -> log(2));
        assertEquals(401, Operators.get(nodes.operators(1), "/log").statusCode());
    }

    @Test
    void aNodeMayKeepNothing() {
        nodes.with(new Operators(directory).settings())
                .with(LogSettings.NOTHING)
                .start(1);
        nodes.node(1).call("meet", Nodes.id(2)).join();
        assertTrue(log(1).contains("\"count\":0,\"steps\":[]"), () -> log(1));
    }

    @Test
    void anAnswerIsNoLongerThanOperatorsToolsRead() {
        nodes.with(new Operators(directory).settings()).start(1, new KitchenMachine());
        List<NodeId> many = Collections.nCopies(1_000, Nodes.id(1));
        for (int number = 0; number < 150; number++) {
            nodes.node(1).call("hire", many).join();
        }
        String log = log(1);
        assertTrue(
                log.length() > 100_000 && log.length() < 200_000,
                () -> log.length() + " characters: " + log.replaceAll("(n1, )+", "..."));
        assertTrue(log.contains(" ...\""), log);
        assertTrue(log.contains("\"number\":151,"), log);
    }

    @Test
    void aHandlerThatThrowsLeavesBehindWhatCameBefore() throws IOException {
        Path file = directory.resolve("deep/node1.jsonl");
        nodes.with(new LogSettings(100, Optional.of(file), Set.of())).start(1);
        nodes.node(1).call("sleep", 0L).join();
        assertThrows(
                CompletionException.class, () -> nodes.node(1).call("explode").join());
        nodes.node(1).failure().join();
        Nodes.await("the file", () -> Files.exists(file));
        List<String> lines = Files.readAllLines(file);
        assertTrue(lines.get(0).startsWith("{\"foresail-log\":1,\"protocol\":\"tally\",\"node\":1,"), lines::toString);
        assertTrue(lines.get(0).contains("as it was told was thrown\"}"), lines::toString);
        assertTrue(lines.get(lines.size() - 2).contains("\"text\":\"call sleep[0]\""), lines::toString);
        String last = lines.get(lines.size() - 1);
        assertTrue(last.contains("\"text\":\"call explode[]\",\"outcome\":\"failed\""), last);
    }

    @Test
    void withoutAFileTheLatestGoToTheLog() {
        try (Logged log = new Logged()) {
            nodes.start(1);
            for (int number = 0; number < 50; number++) {
                nodes.node(1).call("sleep", 0L).join();
            }
            assertThrows(
                    CompletionException.class,
                    () -> nodes.node(1).call("explode").join());
            Nodes.await("the last event", () -> log.has("n1 call explode[] (failed)"));
            assertTrue(log.has("n1: what it has done before, the latest last: "), log::toString);
            assertEquals(LiveLog.MOST_TOLD - 1, log.count("n1 call sleep[0] (by sleep)"), log::toString);
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidSo() {
        try (Logged log = new Logged()) {
            nodes.with(new LogSettings(100, Optional.of(directory), Set.of())).start(1);
            assertThrows(
                    CompletionException.class,
                    () -> nodes.node(1).call("explode").join());
            Nodes.await("the warning", () -> log.has("[FS543] n1: "));
        }
    }

    @Test
    void anEventThatWouldViolateAPropertyLeavesBehindWhatCameBefore() throws IOException {
        Path file = directory.resolve("node1.jsonl");
        nodes.with(SteeringMode.STEER)
                .with(new LogSettings(100, Optional.of(file), Set.of()))
                .start(1, new GranaryMachine());
        nodes.node(1).call("store", 10).join();
        assertThrows(
                CompletionException.class, () -> nodes.node(1).call("store", 1).join());
        Nodes.await("the file", () -> Files.exists(file));
        List<String> lines = Files.readAllLines(file);
        assertTrue(lines.get(0).contains("\"why\":\"isNotOverfull would be violated\""), lines::toString);
        String last = lines.get(lines.size() - 1);
        assertTrue(last.contains("\"text\":\"call store[1]\",\"outcome\":\"turned away\""), last);
    }

    @Test
    void whatIsAskedForGoesToTheLogAsItHappens() {
        try (Logged log = new Logged()) {
            nodes.with(new LogSettings(0, Optional.empty(), Set.of(LogLevel.STATE, LogLevel.GENERATED)))
                    .start(1);
            nodes.node(1).call("later", 3L).join();
            nodes.awaitHistory(1, "tick");
            assertTrue(log.has("n1 call later (by later)"), log::toString);
            assertTrue(log.has("n1.received: 0 -> 3"), log::toString);
            assertTrue(log.has("sets the timer tick for 0.001 s"), log::toString);
            assertTrue(log.has("n1.history: [started] -> [started, tick]"), log::toString);
            nodes.node(1).call("sleep", 0L).join();
            assertFalse(log.has("call sleep"), log::toString);
        }
    }
}
