package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.control.EventFilter;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.logging.OneLine;
import dev.foresail.steering.operations.OperatedNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A live node as operators see it. Thread-safe. */
final class LiveOperations implements OperatedNode {
    /** How many of the latest interventions are told; the log has all. */
    private static final int INTERVENTIONS = 20;

    private final ForesailNode node;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final long beganNanos;

    LiveOperations(ForesailNode node, long beganNanos) {
        this.node = node;
        this.beganNanos = beganNanos;
        node.metrics().bindTo(registry);
    }

    @Override
    public String metrics() {
        return registry.scrape();
    }

    @Override
    public boolean isReady() {
        return node.isReady();
    }

    @Override
    public CompletableFuture<?> answer() {
        return node.onLoop(host -> true);
    }

    @Override
    public CompletableFuture<Map<String, Object>> status() {
        return node.onLoop(this::status);
    }

    private Map<String, Object> status(LiveHost<?> host) {
        NodeConfiguration configuration = host.parts().configuration();
        NodeStatistics statistics = host.statistics();
        DecisionCounts decisions = statistics.decisionCounts();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("protocol", configuration.protocol());
        status.put("node", configuration.self().value());
        status.put("incarnation", host.parts().incarnation());
        status.put("uptimeSeconds", TimeUnit.NANOSECONDS.toSeconds(host.nowNanos() - beganNanos));
        status.put("mode", host.steeringMode().label());
        status.put("decisions", counts(decisions));
        status.put("explored", statistics.explorationCost().explored());
        status.put(
                "exploredPredictedRegret",
                Double.toString(statistics.explorationCost().predictedRegret()));
        status.put("eventsHandled", statistics.eventsHandled());
        status.put("eventsTurnedAway", statistics.eventsTurnedAway());
        status.put("messagesSent", statistics.messagesSent());
        status.put(
                "peersConnected",
                host.connectedPeers().stream().map(NodeId::value).toList());
        status.put("lookingAhead", told(statistics.lookingAhead()));
        status.put(
                "peersSuspected",
                statistics.suspectedPeers().stream().map(NodeId::value).toList());
        status.put("interventions", latest(statistics.interventions()));
        status.put("timeOuts", LiveTimeOuts.told(LiveTimeOuts.of(host.parts())));
        status.put("timers", LiveTimeOuts.told(host.armedTimers()));
        return status;
    }

    @Override
    public CompletableFuture<Map<String, Object>> filters() {
        return node.onLoop(host -> Map.of(
                "filters",
                host.filters().stream()
                        .map(filter -> told(filter, host.nowNanos()))
                        .toList()));
    }

    private static Map<String, Object> told(EventFilter filter, long nowNanos) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("number", filter.number());
        told.put("event", OneLine.of(filter.event().toString(), LimitedLog.MAX_CHARACTERS));
        told.put("property", filter.property());
        told.put("installedBy", "this node, from a snapshot of its own");
        told.put("toldBy", filter.advisor().map(NodeId::toString).orElse(""));
        told.put("ageSeconds", TimeUnit.NANOSECONDS.toSeconds(nowNanos - filter.installedNanos()));
        told.put("expiresInSeconds", TimeUnit.NANOSECONDS.toSeconds(filter.expiresNanos() - nowNanos));
        told.put("tests", filter.tests());
        told.put("hits", filter.hits());
        told.put(
                "path",
                filter.trace().steps().stream()
                        .map(step -> OneLine.of(step.happening().text(), LimitedLog.MAX_CHARACTERS))
                        .toList());
        return told;
    }

    private static Map<String, Object> told(LookAheadFigures figures) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("rounds", figures.rounds());
        told.put("worlds", figures.worlds());
        told.put("foreseen", figures.foreseen());
        told.put("unhelpful", figures.unhelpful());
        told.put("possible", figures.possible());
        told.put("filtersInstalled", figures.installedFilters());
        told.put("adviceTold", figures.adviceTold());
        told.put("adviceTaken", figures.adviceTaken());
        told.put("adviceRefused", figures.adviceRefused());
        return told;
    }

    private static Map<String, Long> counts(DecisionCounts decisions) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("predicted", decisions.predicted());
        counts.put("cached", decisions.cached());
        counts.put("fallback", decisions.fallback());
        return counts;
    }

    private static List<Map<String, Object>> latest(List<PastIntervention> interventions) {
        return interventions.stream()
                .skip(Math.max(0, interventions.size() - INTERVENTIONS))
                .map(LiveOperations::told)
                .toList();
    }

    private static Map<String, Object> told(PastIntervention intervention) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("event", intervention.event());
        told.put("handler", intervention.handler());
        told.put("property", intervention.property());
        told.put("kind", intervention.kind().label());
        told.put("steered", intervention.steered());
        return told;
    }

    @Override
    public CompletableFuture<Supplier<Map<String, Object>>> links() {
        return node.onLoop(host -> () -> LinkFigures.of(
                host.parts().configuration().self(), host.parts().surroundings().knowledge(), host.nowNanos()));
    }

    @Override
    public CompletableFuture<Supplier<Map<String, Object>>> log() {
        return node.onLoop(host -> host.log().answer());
    }

    @Override
    public CompletableFuture<SteeringMode> switchTo(SteeringMode mode) {
        return node.onLoop(host -> host.switchSteering(mode));
    }
}
