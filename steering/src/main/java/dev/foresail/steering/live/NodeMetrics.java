package dev.foresail.steering.live;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.control.SteeringMode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A node's statistics as Micrometer's meters (docs/operations.md). Read when somebody asks for a meter's value; the node's
 * event loop does nothing for them. They have no tag that names the node: add one to the registry where several nodes share
 * it.
 */
public final class NodeMetrics implements MeterBinder {
    private static final List<String> SHARES = List.of("0.5", "0.99", "1");

    private final NodeStatistics statistics;
    private final List<String> properties;

    /** @param machine of the protocol, whose safety properties interventions may be for */
    NodeMetrics(NodeStatistics statistics, Machine<?> machine) {
        this.statistics = statistics;
        this.properties = machine.properties().stream()
                .filter(property -> property.kind() == PropertyDescription.Kind.SAFETY)
                .map(PropertyDescription::name)
                .toList();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter("foresail.events.handled", NodeStatistics::eventsHandled, "events whose handler ran")
                .register(registry);
        counter(
                        "foresail.events.turned.away",
                        NodeStatistics::eventsTurnedAway,
                        "events that steering has kept from having effect")
                .register(registry);
        counter("foresail.messages.sent", NodeStatistics::messagesSent, "messages of the protocol")
                .register(registry);
        counter("foresail.envelopes.sent", NodeStatistics::envelopesSent, "messages of the protocol and of the runtime")
                .register(registry);
        checkpointTraffic(registry);
        lookingAhead(registry);
        Gauge.builder(
                        "foresail.suspected.peers",
                        statistics,
                        node -> node.suspectedPeers().size())
                .description("peers that the failure detector suspects now")
                .register(registry);
        decisions(registry, "predicted", DecisionCounts::predicted);
        decisions(registry, "cached", DecisionCounts::cached);
        decisions(registry, "fallback", DecisionCounts::fallback);
        counter(
                        "foresail.decisions.explored",
                        node -> node.explorationCost().explored(),
                        "decisions that took another alternative than the best, to learn what comes of it")
                .register(registry);
        counter(
                        "foresail.exploration.regret",
                        node -> node.explorationCost().predictedRegret(),
                        "by how much those were predicted to cost more than the best, by their objectives")
                .register(registry);
        properties.forEach(property -> interventions(registry, property));
        quantiles(
                registry,
                "foresail.decision.latency",
                NodeStatistics::knownLatency,
                "from the first look at an event to the decision, where values were known, since the start");
        quantiles(
                registry,
                "foresail.event.loop.gap",
                NodeStatistics::loopGaps,
                "how late the event loop gets to what is due, since the start");
    }

    private FunctionCounter.Builder<NodeStatistics> counter(
            String name, ToDoubleFunction<NodeStatistics> count, String description) {
        return FunctionCounter.builder(name, statistics, count).description(description);
    }

    private void checkpointTraffic(MeterRegistry registry) {
        counter(
                        "foresail.checkpoint.bytes.sent",
                        NodeStatistics::checkpointBytesSent,
                        "bytes of checkpoints, of requests for them and of refusals, sent")
                .register(registry);
        counter(
                        "foresail.checkpoint.bytes.received",
                        node -> node.checkpointTraffic().bytesReceived(),
                        "bytes of checkpoints, of requests for them and of refusals, received")
                .register(registry);
        counter(
                        "foresail.checkpoint.bytes.saved",
                        node -> node.checkpointTraffic().bytesSaved(),
                        "by how many bytes checkpoints were sent shorter, as differences, than they are")
                .register(registry);
        counter(
                        "foresail.checkpoint.differences",
                        node -> node.checkpointTraffic().differences(),
                        "checkpoints that were sent as differences")
                .register(registry);
        counter(
                        "foresail.checkpoints.held.back",
                        NodeStatistics::heldBackCheckpoints,
                        "rounds of gathering checkpoints, and answers to peers' rounds, that had to wait for the budget")
                .register(registry);
        counter(
                        "foresail.checkpoints.limited",
                        NodeStatistics::limitedCheckpoints,
                        "checkpoints that peers have asked for, or forced, beyond what a peer may")
                .register(registry);
        counter(
                        "foresail.checkpoints.doubted",
                        NodeStatistics::doubtedCheckpoints,
                        "checkpoints of peers that were ignored because they cannot be")
                .register(registry);
    }

    private void lookingAhead(MeterRegistry registry) {
        lookingAhead(registry, "rounds", LookAheadFigures::rounds, "looks ahead for violations");
        lookingAhead(registry, "worlds", LookAheadFigures::worlds, "worlds explored in looking ahead");
        lookingAhead(
                registry, "violations.foreseen", LookAheadFigures::foreseen, "paths to violations that were found");
        lookingAhead(registry, "violations.unhelpful", LookAheadFigures::unhelpful, "of those, without a way out here");
        lookingAhead(
                registry,
                "violations.possible",
                LookAheadFigures::possible,
                "paths that rest on unknown nodes' answers");
        lookingAhead(registry, "filters.installed", LookAheadFigures::installedFilters, "event filters put in place");
        lookingAhead(registry, "advice.told", LookAheadFigures::adviceTold, "paths that neighbours were told of");
        lookingAhead(registry, "advice.taken", LookAheadFigures::adviceTaken, "paths that peers have told of");
        lookingAhead(
                registry, "advice.refused", LookAheadFigures::adviceRefused, "advice that was of no use, or too much");
        Gauge.builder(
                        "foresail.lookahead.depth",
                        statistics,
                        node -> node.lookingAhead().lastDepth())
                .description("the longest path that the last look ahead has explored")
                .register(registry);
        TimeGauge.builder(
                        "foresail.checkpoint.age",
                        statistics,
                        TimeUnit.NANOSECONDS,
                        node -> node.lookingAhead().lastAgeNanos())
                .description("the oldest checkpoint that the last look ahead began with")
                .register(registry);
        quantiles(
                registry,
                "foresail.lookahead.time",
                node -> node.lookingAhead().took(),
                "from a snapshot to the event filters in place, since the start");
    }

    private void lookingAhead(
            MeterRegistry registry, String name, ToLongFunction<LookAheadFigures> count, String description) {
        counter("foresail.lookahead." + name, node -> count.applyAsLong(node.lookingAhead()), description)
                .register(registry);
    }

    private void decisions(MeterRegistry registry, String source, ToDoubleFunction<DecisionCounts> count) {
        counter(
                        "foresail.decisions",
                        node -> count.applyAsDouble(node.decisionCounts()),
                        "choices that were resolved, by who has done it")
                .tag("source", source)
                .register(registry);
    }

    private void interventions(MeterRegistry registry, String property) {
        for (SteeringMode mode : List.of(SteeringMode.OBSERVE, SteeringMode.STEER)) {
            boolean steered = mode == SteeringMode.STEER;
            counter(
                            "foresail.interventions",
                            node -> node.interventions(property, steered),
                            "events that would have violated a safety property")
                    .tag("property", property)
                    .tag("mode", mode.label())
                    .register(registry);
        }
    }

    private void quantiles(
            MeterRegistry registry,
            String name,
            Function<NodeStatistics, LatencyHistogram> histogram,
            String description) {
        for (String share : SHARES) {
            double rank = Double.parseDouble(share);
            TimeGauge.builder(
                            name,
                            statistics,
                            TimeUnit.MICROSECONDS,
                            node -> histogram.apply(node).micros(rank))
                    .tag("quantile", share)
                    .description(description)
                    .register(registry);
        }
    }
}
