package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.transport.TransportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a live node writes into its log when something goes wrong that is no handler's fault. */
final class TroubleTest {
    private final Nodes nodes = new Nodes();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void killAll() {
        nodes.close();
    }

    @Test
    void durableStateThatCannotBeWrittenEndsTheNode() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("store"));
        nodes.withStorage(folder.resolve("n1.state"));
        try (Logged logged = new Logged()) {
            nodes.start(1);
            nodes.node(1).call("meet", id(2)).join();
            replaceByFile(folder);
            var unused = nodes.node(1).call("ask", id(1), 3L);
            NodeFailure failure = nodes.node(1).failure().get(60, TimeUnit.SECONDS);
            assertTrue(String.valueOf(failure.cause().getMessage()).contains("[FS211]"), failure::toString);
            assertTrue(logged.has("[FS151] n1 cannot go on"), logged::toString);
        }
    }

    private static void replaceByFile(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        Files.createFile(folder);
    }

    @Test
    void aPredictionThatFailsIsLoggedAndHasNoResult() {
        List<Optional<?>> results = new ArrayList<>();
        try (Logged logged = new Logged();
                PredictionPool pool = new PredictionPool(1)) {
            pool.handingOverTo(Runnable::run)
                    .execute(
                            () -> {
                                throw new IllegalStateException("the metric divides by zero");
                            },
                            result -> {
                                synchronized (results) {
                                    results.add(result);
                                }
                            });
            Nodes.await("a result", () -> {
                synchronized (results) {
                    return !results.isEmpty();
                }
            });
            assertTrue(logged.has("[FS152] a prediction failed"), logged::toString);
        }
        assertEquals(List.of(Optional.empty()), results);
    }

    @Test
    void aNodeWithoutAnAddressIsNamed() {
        try (Logged logged = new Logged()) {
            nodes.start(1);
            nodes.node(1).call("send", id(9), 5L).join();
            nodes.awaitHistory(1, "n9 lost");
            assertTrue(logged.has("[FS214] nobody knows where n9 is"), logged::toString);
        }
    }

    @Test
    void aMessageThatDoesNotFitIntoAFrameBreaksTheLink() {
        TransportSettings usual = TransportSettings.DEFAULT;
        nodes.with(new TransportSettings(
                4, usual.maxQueuedBytes(), usual.connectTimeout(), usual.helloTimeout(), usual.maxUnidentified()));
        try (Logged logged = new Logged()) {
            nodes.start(1);
            nodes.start(2);
            nodes.node(1).call("send", id(2), 5L).join();
            nodes.awaitHistory(1, "n2 lost");
            assertTrue(logged.has("[FS218] broke the link with n2"), logged::toString);
        }
    }

    @Test
    void aCheckpointThatDoesNotFitIntoAFrameIsLeftOutAndTheLinkStays() {
        TransportSettings usual = TransportSettings.DEFAULT;
        nodes.with(new TransportSettings(
                24, usual.maxQueuedBytes(), usual.connectTimeout(), usual.helloTimeout(), usual.maxUnidentified()));
        nodes.with(ResolverSettings.predicted(Objective.minimize("crowding", Duration.ofSeconds(1))));
        try (Logged logged = new Logged()) {
            nodes.start(1);
            nodes.start(2);
            nodes.node(1).call("meet", id(2)).join();
            nodes.node(1).call("spread", 1L).join();
            Nodes.await("a checkpoint is left out", () -> logged.has("[FS218] left out what"));
            nodes.node(1).call("send", id(2), 5L).join();
            nodes.awaitHistory(2, "n1:5");
            assertFalse(nodes.state(1).history().contains("n2 lost"), logged::toString);
        }
    }
}
