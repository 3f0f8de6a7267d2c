package dev.foresail.steering.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.steering.fixture.Nodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers are read again and again, from files and from a server that changes its mind. */
final class ProviderRefreshTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder = Path.of("");

    private Optional<HttpServer> server = Optional.empty();
    private Optional<ProviderRefresh> refresh = Optional.empty();

    @BeforeEach
    void serve() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/", exchange -> {
            String page = pages.get(exchange.getRequestURI().getPath());
            byte[] body = String.valueOf(page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        started.start();
        server = Optional.of(started);
    }

    private void refresh(ConfiguredProviders providers) throws InterruptedException {
        refresh = Optional.of(ProviderRefresh.start(providers, () -> 0, notices::add));
    }

    @AfterEach
    void stop() {
        refresh.ifPresent(ProviderRefresh::close);
        server.ifPresent(started -> started.stop(0));
    }

    private Source remote(String path) {
        int port = server.orElseThrow().getAddress().getPort();
        return new Source("http://127.0.0.1:" + port + path);
    }

    /** As operators are told to: never read half. */
    private void replace(Path file, String text) throws IOException {
        Path beside = Files.writeString(folder.resolve("beside"), text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Optional<Double> figure(ConfiguredProviders providers, String name) {
        return providers.providers().figure(name, ONE, TWO, 0).map(Figure::value);
    }

    @Test
    void aTableIsReadAgainAndOneThatCannotBeReadChangesNothing() throws Exception {
        Path file = folder.resolve("links.csv");
        Files.writeString(file, "from,to,rtt\n1,2,20\n");
        ConfiguredProviders providers = new ConfiguredProviders(
                List.of(new ProviderSettings.Table(new Source(file.toString()), List.of("rtt"), OFTEN, LONG)),
                Map.of());
        refresh(providers);
        assertEquals(Optional.of(20.0), figure(providers, "rtt"), "a file is read before the node starts");
        replace(file, "from,to,rtt\n1,2,soon\n");
        Nodes.await("a notice", () -> !notices.isEmpty());
        assertEquals(
                "[FS452] a provider was not read again: " + file
                        + ":2:5: 'soon' where a number, or nothing was expected",
                notices.peek());
        assertEquals(Optional.of(20.0), figure(providers, "rtt"));
        replace(file, "from,to,rtt\n1,2,30\n");
        Nodes.await("the new table", () -> figure(providers, "rtt").equals(Optional.of(30.0)));
    }

    @Test
    void inSimulationsNothingBecomesTooOld() throws Exception {
        Path file = Files.writeString(folder.resolve("links.csv"), "from,to,toll\n1,2,20\n");
        List<ProviderSettings> settings =
                List.of(new ProviderSettings.Table(new Source(file.toString()), List.of("toll"), OFTEN, OFTEN));
        long muchLaterNanos = Duration.ofDays(7).toNanos();
        ConfiguredProviders simulated = ConfiguredProviders.readOnce(settings, Map.of());
        ConfiguredProviders live = new ConfiguredProviders(settings, Map.of());
        simulated.readAll(0);
        live.readAll(0);
        assertTrue(
                simulated.providers().figure("toll", ONE, TWO, muchLaterNanos).isPresent());
        assertTrue(live.providers().figure("toll", ONE, TWO, muchLaterNanos).isEmpty());
    }

    @Test
    void aFileThatIsNotThereIsSaidAtOnce() {
        ConfiguredProviders providers = new ConfiguredProviders(
                List.of(new ProviderSettings.Table(
                        new Source(folder.resolve("none.csv").toString()), List.of("rtt"), OFTEN, LONG)),
                Map.of());
        ProviderException absent =
                assertThrows(ProviderException.class, () -> ProviderRefresh.start(providers, () -> 0, notices::add));
        assertTrue(String.valueOf(absent.getMessage()).contains("none.csv: cannot be read"), absent::getMessage);
    }

    @Test
    void anAltoServerThatIsDownAtFirstIsHeardLater() throws Exception {
        pages.put("/net", AltoMapsTest.NETWORK);
        ConfiguredProviders providers = new ConfiguredProviders(
                List.of(new ProviderSettings.Alto(remote("/net"), remote("/costs"), "cost", OFTEN, LONG)),
                Map.of(
                        ONE,
                        new InetSocketAddress("192.0.2.7", 7001),
                        TWO,
                        InetSocketAddress.createUnresolved("198.51.100.200", 7001)));
        refresh(providers);
        Nodes.await("a notice", () -> !notices.isEmpty());
        assertTrue(
                String.valueOf(notices.peek())
                        .contains("/costs: cannot be read: java.io.IOException: the server answers 503"),
                notices::toString);
        assertEquals(Optional.empty(), figure(providers, "cost"));
        pages.put("/costs", AltoMapsTest.COSTS);
        Nodes.await("costs", () -> figure(providers, "cost").equals(Optional.of(5.0)));
    }
}
