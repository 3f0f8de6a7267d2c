package dev.foresail.eval.replica;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foresail.eval.replica.Demand.Request;
import dev.foresail.steering.live.RealClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The service over HTTP on loopback: servers whose workers and network are emulated by answering later, and clients that send each
 * request when it comes up, whether earlier ones are answered or not. How long one took counts from when it came up.
 */
final class LiveService implements AutoCloseable {
    private static final int NO_CONTENT = 204;
    private static final int UNAVAILABLE = 503;
    private static final int BACKLOG = 1024;
    private static final Duration MOST_WAIT = Duration.ofSeconds(60);
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private final List<Picker> clients = new ArrayList<>();
    private final ScheduledExecutorService timer;
    private final ExecutorService workers;
    private final HttpClient http;
    private final List<Double> latenciesMillis = Collections.synchronizedList(new ArrayList<>());
    private final long beginNanos;

    /** @param beginNanos the beginning, by {@link RealClock#nanos} */
    LiveService(List<Replica> replicas, Picker.Rule rule, long seed, long beginNanos) {
        this.beginNanos = beginNanos;
        timer = Executors.newScheduledThreadPool(1, work -> daemon(work, "replica-timer"));
        workers = Executors.newFixedThreadPool(2, work -> daemon(work, "replica-http"));
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(workers)
                .build();
        for (int client = 0; client < Demand.CLIENTS; client++) {
            clients.add(rule.picker(replicas.size(), RealClock::nanos, seed * Demand.CLIENTS + client));
        }
        try {
            for (Replica replica : replicas) {
                HttpServer server =
                        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
                servers.add(server);
                server.setExecutor(workers);
                WorkQueue queue = new WorkQueue(replica, Setting.WORKERS);
                server.createContext("/", exchange -> serve(exchange, queue, replica.networkNanos()));
                server.start();
                addresses.add(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
            }
        } catch (IOException cannot) {
            close();
            throw new UncheckedIOException(cannot);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private long nowNanos() {
        return RealClock.nanos() - beginNanos;
    }

    private void serve(HttpExchange exchange, WorkQueue queue, long networkNanos) {
        double workNanos = Double.parseDouble(exchange.getRequestHeaders().getFirst("Work"));
        double luck = Double.parseDouble(exchange.getRequestHeaders().getFirst("Luck"));
        WorkQueue.Answer answer;
        synchronized (queue) {
            answer = queue.take(nowNanos(), workNanos, luck);
        }
        long delayNanos = answer.atNanos() + networkNanos - nowNanos();
        Future<?> unused = timer.schedule(() -> answer(exchange, answer.failed()), delayNanos, TimeUnit.NANOSECONDS);
    }

    private static void answer(HttpExchange exchange, boolean failed) {
        try (exchange) {
            exchange.sendResponseHeaders(failed ? UNAVAILABLE : NO_CONTENT, -1);
        } catch (IOException gone) {
            // The client has ended; nobody waits for the answer.
        }
    }

    /** Sends all requests when they come up, and waits for their answers. */
    List<Double> latenciesMillis(List<Request> requests) throws InterruptedException {
        CountDownLatch unanswered = new CountDownLatch(requests.size());
        for (Request request : requests) {
            Future<?> unused = timer.schedule(
                    () -> send(request, 0, unanswered), request.atNanos() - nowNanos(), TimeUnit.NANOSECONDS);
        }
        long lastNanos = requests.get(requests.size() - 1).atNanos() - nowNanos();
        if (!unanswered.await(lastNanos + MOST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException(
                    unanswered.getCount() + " of " + requests.size() + " requests without an answer");
        }
        return List.copyOf(latenciesMillis);
    }

    private void send(Request request, int attempt, CountDownLatch unanswered) {
        Picker.Pick pick = clients.get(request.client()).pick();
        long sentNanos = RealClock.nanos();
        HttpRequest message = HttpRequest.newBuilder(addresses.get(pick.replica()))
                .header("Work", Double.toString(request.workNanos()))
                .header("Luck", Double.toString(request.luck().get(attempt)))
                .build();
        CompletableFuture<?> unused = http.sendAsync(message, HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, thrown) -> {
                    boolean failed = isFailure(response, thrown);
                    pick.ended(RealClock.nanos() - sentNanos, failed);
                    if (failed && attempt + 1 < Demand.MOST_TRIES) {
                        send(request, attempt + 1, unanswered);
                    } else {
                        latenciesMillis.add((nowNanos() - request.atNanos()) / NANOS_PER_MILLI);
                        unanswered.countDown();
                    }
                });
    }

    private static boolean isFailure(@Nullable HttpResponse<Void> response, @Nullable Throwable thrown) {
        return thrown != null || response == null || response.statusCode() != NO_CONTENT;
    }

    /** What the clients' pickers are, to be asked how they did. */
    List<Picker> clients() {
        return List.copyOf(clients);
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
