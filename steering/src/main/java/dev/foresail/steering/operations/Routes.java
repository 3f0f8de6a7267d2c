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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Which request gets which answer. Stateless but for the node; nothing blocks. */
final class Routes {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final OperatedNode node;
    private final OperatorToken token;
    private final Map<String, Route> routes = Map.of(
            "/metrics", new Route(HttpMethod.GET, false, request -> CompletableFuture.completedFuture(metrics())),
            "/health", new Route(HttpMethod.GET, false, request -> health()),
            "/ready", new Route(HttpMethod.GET, false, request -> CompletableFuture.completedFuture(ready())),
            "/status", new Route(HttpMethod.GET, true, request -> status()),
            "/filters", new Route(HttpMethod.GET, true, request -> filters()),
            "/mode", new Route(HttpMethod.POST, true, this::mode));

    private record Route(
            HttpMethod method, boolean guarded, Function<FullHttpRequest, CompletableFuture<Answer>> answer) {}

    Routes(OperatedNode node, OperatorToken token) {
        this.node = node;
        this.token = token;
    }

    /** The answer to a whole request, which is not used once this has returned. */
    CompletableFuture<Answer> answer(FullHttpRequest request) {
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
        String shown = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        if (route.guarded() && !token.isShownBy(shown)) {
            return CompletableFuture.completedFuture(Answer.mistake(
                    HttpResponseStatus.UNAUTHORIZED,
                    "FS323",
                    path + " needs the node's token: the header 'Authorization: Bearer TOKEN', with the content of the"
                            + " node's token file"));
        }
        return route.answer().apply(request);
    }

    private static CompletableFuture<Answer> misunderstood(HttpResponseStatus status, String explanation) {
        return CompletableFuture.completedFuture(Answer.mistake(status, "FS326", explanation));
    }

    private Answer metrics() {
        return new Answer(HttpResponseStatus.OK, PROMETHEUS, node.metrics());
    }

    private CompletableFuture<Answer> health() {
        return node.answer().thenApply(answered -> Answer.text(HttpResponseStatus.OK, "healthy"));
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
