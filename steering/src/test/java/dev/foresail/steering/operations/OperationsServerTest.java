package dev.foresail.steering.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.fixture.Operators;
import dev.foresail.steering.live.Logged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** Over real HTTP, of a node whose event loop gets to what it is asked when the test says so. */
final class OperationsServerTest {
    private final Hanging node = new Hanging();

    @TempDir
    private Path directory = Path.of("");

    private final ExecutorService crowd = Executors.newFixedThreadPool(50);
    private Runnable end = () -> {};

    @AfterEach
    void end() {
        end.run();
        crowd.shutdownNow();
    }

    private InetSocketAddress serve() {
        OperationsServer server = OperationsServer.start("granary", new Operators(directory).settings(), node);
        end = server::close;
        return server.address();
    }

    /** Keeps what it is asked until it goes on. */
    private static final class Hanging implements OperatedNode {
        private final Queue<CompletableFuture<Object>> questions = new ConcurrentLinkedQueue<>();
        private final Queue<CompletableFuture<Map<String, Object>>> statuses = new ConcurrentLinkedQueue<>();
        private volatile boolean hangs = true;

        void goOn() {
            hangs = false;
            questions.forEach(question -> question.complete(true));
            statuses.forEach(question -> question.complete(Map.of("node", 1L)));
        }

        private <T> CompletableFuture<T> asked(Queue<CompletableFuture<T>> all, T answer) {
            CompletableFuture<T> question =
                    hangs ? new CompletableFuture<>() : CompletableFuture.completedFuture(answer);
            all.add(question);
            return question;
        }

        @Override
        public String metrics() {
            return "";
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public CompletableFuture<?> answer() {
            return asked(questions, true);
        }

        @Override
        public CompletableFuture<Map<String, Object>> status() {
            return asked(statuses, Map.of("node", 1L));
        }

        @Override
        public CompletableFuture<Map<String, Object>> filters() {
            return status();
        }

        @Override
        public CompletableFuture<Supplier<Map<String, Object>>> links() {
            return status().thenApply(told -> () -> told);
        }

        @Override
        public CompletableFuture<Supplier<Map<String, Object>>> log() {
            return status().thenApply(told -> () -> told);
        }

        @Override
        public CompletableFuture<SteeringMode> switchTo(SteeringMode mode) {
            return CompletableFuture.failedFuture(new IllegalStateException("not asked for"));
        }
    }

    /** What so many get who ask at once. */
    private List<HttpResponse<String>> together(int count, InetSocketAddress at, String path) {
        List<CompletableFuture<HttpResponse<String>>> asked = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> Operators.get(at, path, Operators.TOKEN), crowd))
                .limit(count)
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    @Test
    @Execution(CONCURRENT)
    void howeverManyAskForHealthTheNodeIsAskedOnceAtATime() {
        InetSocketAddress at = serve();
        for (int round = 0; round < 2; round++) {
            for (HttpResponse<String> answer : together(30, at, "/health")) {
                assertEquals(503, answer.statusCode(), answer::body);
                assertTrue(answer.body().startsWith("[FS325] "), answer::body);
            }
        }
        assertEquals(1, node.questions.size());
        assertEquals(1, node.questions.element().getNumberOfDependents(), "those who have been answered are let go of");
        node.goOn();
        assertEquals(200, Operators.get(at, "/health").statusCode());
        assertEquals(2, node.questions.size(), "it is asked again");
    }

    @Test
    @Execution(CONCURRENT)
    void whatWaitsForTheNodeIsBounded() {
        InetSocketAddress at = serve();
        together(50, at, "/status").forEach(answer -> assertEquals(503, answer.statusCode(), answer::body));
        together(20, at, "/status").forEach(answer -> assertEquals(503, answer.statusCode(), answer::body));
        assertEquals(Routes.MOST_UNDER_WAY, node.statuses.size());
        assertTrue(Operators.get(at, "/filters", Operators.TOKEN).body().endsWith("this one was not taken\n"));
        node.goOn();
        assertEquals(200, Operators.get(at, "/status", Operators.TOKEN).statusCode());
    }

    @Test
    void aWrongTokenIsInTheLogAndManyOfOneAddressEndItsChancesForAMinute() throws IOException {
        InetSocketAddress at = serve();
        try (Logged logged = new Logged()) {
            assertEquals(401, Operators.get(at, "/status").statusCode());
            assertEquals(0, logged.count("[FS353]"), "none is no wrong one");
            for (int attempt = 0; attempt < WrongTokens.MOST; attempt++) {
                HttpResponse<String> refused = Operators.get(at, "/filters", "open-sesame-" + attempt);
                assertEquals(401, refused.statusCode());
                assertTrue(refused.body().startsWith("[FS323] "), refused::body);
            }
            assertEquals(
                    WrongTokens.MOST,
                    logged.count("[FS353] granary: 127.0.0.1 has shown a wrong token for /filters"),
                    logged::toString);
            assertTrue(!logged.has("sesame"), logged::toString);
        }
        HttpResponse<String> limited = Operators.get(at, "/status", Operators.TOKEN);
        assertEquals(429, limited.statusCode());
        assertTrue(limited.body().startsWith("[FS354] too many wrong tokens came from 127.0.0.1"), limited::body);
        assertEquals(0, node.statuses.size());
        assertEquals(200, Operators.get(at, "/ready").statusCode(), "what is for everybody still is");
        assertTrue(fromElsewhere(at).contains(" 503 "), "from another address the token is looked at");
        assertEquals(1, node.statuses.size());
    }

    private static String fromElsewhere(InetSocketAddress at) throws IOException {
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (Socket socket = new Socket(at.getAddress(), at.getPort(), other, 0)) {
            String request =
                    "GET /status HTTP/1.1\r\nHost: granary\r\nAuthorization: Bearer " + Operators.TOKEN + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
