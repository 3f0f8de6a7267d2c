package dev.foresail.steering.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Servers that answer badly. */
final class SourceTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static String read(HttpHandler handler, Duration patience) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // Without one the server's end waits for what it handles.
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        try {
            return new Source("http://127.0.0.1:" + server.getAddress().getPort() + "/links.csv").read(patience);
        } finally {
            threads.shutdownNow();
            server.stop(0);
        }
    }

    private static void begin(HttpExchange exchange, String text) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    @Test
    void anAnswerOfSeveralPartsIsReadWhole() throws Exception {
        String text = read(
                exchange -> {
                    begin(exchange, "from,to,");
                    exchange.getResponseBody().write("größe\n".getBytes(StandardCharsets.UTF_8));
                    exchange.close();
                },
                LONG);
        assertEquals("from,to,größe\n", text);
    }

    @Test
    void aServerThatStopsInTheMiddleIsNotWaitedForForEver() {
        HttpHandler stalling = exchange -> {
            begin(exchange, "from,to,rtt\n");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                exchange.close();
            }
        };
        IOException late = assertThrows(IOException.class, () -> read(stalling, Duration.ofMillis(300)));
        assertEquals("the answer is not whole after 300 ms", late.getMessage());
    }

    @Test
    void aServerThatNeverEndsIsGivenUp() {
        HttpHandler endless = exchange -> {
            byte[] much = new byte[1 << 20];
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(much);
                }
            }
        };
        IOException tooLong = assertThrows(IOException.class, () -> read(endless, LONG));
        assertTrue(String.valueOf(tooLong.getMessage()).startsWith("longer than "), tooLong::getMessage);
    }
}
