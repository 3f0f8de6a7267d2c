package dev.foresail.steering.operations;

import dev.foresail.predictor.json.DamagedLineException;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.control.SteeringMode;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Which request gets which answer. Nothing blocks. On the event loop of the {@link OperationsServer} only. */
// What fails is answered; that it is over is all there is to be known here.
@SuppressWarnings("FutureReturnValueIgnored")
final class Routes {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** Requests that wait for the node's event loop, which may hang for long. */
    static final int MOST_UNDER_WAY = 64;

    private static final Answer NOT_TAKEN = Answer.mistake(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "FS325",
            "the node's event loop does not answer, and " + MOST_UNDER_WAY
                    + " requests wait for it; this one was not taken");

    private final OperatedNode node;
    private final OperatorToken token;
    private final EventExecutor loop;
    private final WrongTokens wrongTokens;
    private final HealthQuestion health;
    private int underWay;

    private final Map<String, Route> routes = Map.of(
            "/metrics", new Route(HttpMethod.GET, false, request -> CompletableFuture.completedFuture(metrics())),
            "/health", new Route(HttpMethod.GET, false, request -> health()),
            "/ready", new Route(HttpMethod.GET, false, request -> CompletableFuture.completedFuture(ready())),
            "/status", new Route(HttpMethod.GET, true, request -> status()),
            "/filters", new Route(HttpMethod.GET, true, request -> filters()),
            "/links", new Route(HttpMethod.GET, true, request -> links()),
            "/log", new Route(HttpMethod.GET, true, request -> log()),
            "/mode", new Route(HttpMethod.POST, true, this::mode));

    private record Route(
            HttpMethod method, boolean guarded, Function<FullHttpRequest, CompletableFuture<Answer>> answer) {}

    /** @param name who answers, for the log */
    Routes(String name, OperatedNode node, OperatorToken token, EventExecutor loop) {
        this.node = node;
        this.token = token;
        this.loop = loop;
        this.wrongTokens = new WrongTokens(name, loop);
        this.health = new HealthQuestion(node, loop);
    }

    /** The answer to a whole request, which is not used once this has returned. */
    CompletableFuture<Answer> answer(FullHttpRequest request, InetAddress from) {
        if (request.decoderResult().isFailure()) {
            return misunderstood(HttpResponseStatus.BAD_REQUEST, "this is no HTTP request");
        }
        String path = new QueryStringDecoder(request.uri()).path();
        Route route = routes.get(path);
        if (route == null) {
            return misunderstood(
                    HttpResponseStatus.NOT_FOUND,
                    "there is nothing at this path"
                            + Nearest.hint(
                                    path, routes.keySet().stream().sorted().toList()));
        }
        if (!route.method().equals(request.method())) {
            return misunderstood(
                    HttpResponseStatus.METHOD_NOT_ALLOWED, path + " is asked for with " + route.method() + " alone");
        }
        if (!route.guarded()) {
            return route.answer().apply(request);
        }
        Optional<Answer> refusal = refusal(path, request.headers().get(HttpHeaderNames.AUTHORIZATION, ""), from);
        return refusal.map(CompletableFuture::completedFuture).orElseGet(() -> unlessTooMany(route, request));
    }

    private Optional<Answer> refusal(String path, String shown, InetAddress from) {
        if (wrongTokens.areTooMany(from)) {
            return Optional.of(Answer.mistake(
                    HttpResponseStatus.TOO_MANY_REQUESTS,
                    "FS354",
                    "too many wrong tokens came from " + from.getHostAddress() + "; try again in a minute"));
        }
        if (token.isShownBy(shown)) {
            return Optional.empty();
        }
        if (!shown.isEmpty()) {
            wrongTokens.shown(from, path);
        }
        return Optional.of(Answer.mistake(
                HttpResponseStatus.UNAUTHORIZED,
                "FS323",
                path + " needs the node's token: the header 'Authorization: Bearer TOKEN', with the content of the"
                        + " node's token file"));
    }

    private CompletableFuture<Answer> unlessTooMany(Route route, FullHttpRequest request) {
        if (underWay >= MOST_UNDER_WAY) {
            return CompletableFuture.completedFuture(NOT_TAKEN);
        }
        underWay++;
        CompletableFuture<Answer> answer = route.answer().apply(request);
        answer.whenComplete((told, thrown) -> loop.execute(() -> underWay--));
        return answer;
    }

    private static CompletableFuture<Answer> misunderstood(HttpResponseStatus status, String explanation) {
        return CompletableFuture.completedFuture(Answer.mistake(status, "FS326", explanation));
    }

    private Answer metrics() {
        return new Answer(HttpResponseStatus.OK, PROMETHEUS, node.metrics());
    }

    private CompletableFuture<Answer> health() {
        return health.ask();
    }

    private Answer ready() {
        return node.isReady()
                ? Answer.text(HttpResponseStatus.OK, "ready")
                : Answer.text(
                        HttpResponseStatus.SERVICE_UNAVAILABLE, "not ready: the node has not started, or has ended");
    }

    private CompletableFuture<Answer> status() {
        return node.status().thenApply(Answer::json);
    }

    private CompletableFuture<Answer> filters() {
        return node.filters().thenApply(Answer::json);
    }

    private CompletableFuture<Answer> links() {
        return node.links().thenApplyAsync(known -> Answer.json(known.get()), loop);
    }

    private CompletableFuture<Answer> log() {
        return node.log().thenApplyAsync(kept -> Answer.json(kept.get()), loop);
    }

    private CompletableFuture<Answer> mode(FullHttpRequest request) {
        String label;
        try {
            label = JsonLines.parse(request.content().toString(StandardCharsets.UTF_8), object -> object.text("mode"));
        } catch (DamagedLineException wrong) {
            return misunderstood(
                    HttpResponseStatus.BAD_REQUEST,
                    "expected {\"mode\":\"off|observe|advise|steer\"}: " + wrong.getMessage());
        }
        Optional<SteeringMode> mode = SteeringMode.labelled(label);
        if (mode.isEmpty()) {
            return misunderstood(
                    HttpResponseStatus.BAD_REQUEST,
                    "'" + label + "' is no mode of steering" + Nearest.hint(label, SteeringMode.labels()));
        }
        return node.switchTo(mode.get())
                .thenApply(before ->
                        Answer.json(new TreeMap<>(Map.of("mode", mode.get().label(), "before", before.label()))));
    }
}
