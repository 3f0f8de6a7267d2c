package dev.foresail.eval.overhead;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.randtree.ControlState;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.transport.LinkConditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What live RandTree nodes send each other, by kind, once the tree stands: choices predicted, steering on. Every node knows all
 * and probes another one each second, ten times as often as by default, so that there is a steady rate of messages.
 */
final class TreeTraffic {
    private static final Map<String, String> PARAMETERS = Map.of("recoveryTimeout", "1s");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 100;
    private static final long SETTLE_MILLIS = 3_000;
    private static final long BITS_PER_BYTE = 8;
    /** What is not of checkpoints: messages of the protocol, and aggregates. All else that runtimes tell each other is. */
    private static final Set<String> NOT_OF_CHECKPOINTS =
            Set.of("Payload", "AggregateExport", "Subscribe", "Unsubscribe");

    private final Plan plan;
    private final Interruption interruption;
    private final Progress progress;

    TreeTraffic(Plan plan, Interruption interruption, Progress progress) {
        this.plan = plan;
        this.interruption = interruption;
        this.progress = progress;
    }

    /**
     * @param millis for how long
     * @param seed of the nodes' draws, and so of the tree's shape
     */
    record Plan(int nodes, long millis, long seed) {}

    /** What each node has sent within so many seconds, in bytes by kind. */
    record Sent(double seconds, SortedMap<NodeId, SortedMap<String, Long>> bytes) {
        static final Sent NOTHING = new Sent(Double.NaN, new TreeMap<>());

        double checkpointKilobits(NodeId node) {
            long checkpoints = bytes.getOrDefault(node, new TreeMap<>()).entrySet().stream()
                    .filter(kind -> !NOT_OF_CHECKPOINTS.contains(kind.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            return kilobits(checkpoints);
        }

        private double kilobits(long count) {
            return count * BITS_PER_BYTE / 1e3 / seconds;
        }

        /** NaN when nothing was measured. */
        double mostCheckpointKilobits() {
            return bytes.keySet().stream()
                    .mapToDouble(this::checkpointKilobits)
                    .max()
                    .orElse(Double.NaN);
        }
    }

    /** {@link Sent#NOTHING} when the end was asked for, or the tree does not stand in time. */
    Sent measure() throws InterruptedException {
        List<NodeId> ids = new ArrayList<>();
        for (int id = 1; id <= plan.nodes(); id++) {
            ids.add(NodeId.of(id));
        }
        NodeId root = ids.get(0);
        LiveNodes.Setting<RandTree> setting = new LiveNodes.Setting<>(
                new RandTreeMachine(),
                PARAMETERS,
                ResolverSettings.predicted(Variant.meanDepth()),
                SteeringMode.STEER,
                plan.seed());
        try (LiveNodes<RandTree> live = new LiveNodes<>(setting, ids)) {
            for (NodeId id : ids) {
                live.start(id, LinkConditions.NONE);
                live.node(id)
                        .call("joinOverlay", id.equals(root) ? List.of() : ids)
                        .join();
            }
            if (!stands(live) || interruption.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
                return Sent.NOTHING;
            }
            return measure(live);
        }
    }

    private boolean stands(LiveNodes<RandTree> live) throws InterruptedException {
        long startNanos = RealClock.nanos();
        while (RealClock.nanos() - startNanos < PATIENCE.toNanos()) {
            long joined = live.all().keySet().stream()
                    .filter(id -> live.state(id).state() == ControlState.JOINED)
                    .count();
            progress.update((double) joined, 2.0 * plan.nodes());
            if (joined == plan.nodes()) {
                return true;
            }
            if (interruption.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    private Sent measure(LiveNodes<RandTree> live) throws InterruptedException {
        long startNanos = RealClock.nanos();
        SortedMap<NodeId, SortedMap<String, Long>> before = sent(live);
        interruption.await(plan.millis(), TimeUnit.MILLISECONDS);
        SortedMap<NodeId, SortedMap<String, Long>> since = sent(live);
        double seconds = (RealClock.nanos() - startNanos) / 1e9;
        since.forEach((id, kinds) -> kinds.replaceAll((kind, bytes) ->
                bytes - before.getOrDefault(id, new TreeMap<>()).getOrDefault(kind, 0L)));
        return new Sent(seconds, since);
    }

    private static SortedMap<NodeId, SortedMap<String, Long>> sent(LiveNodes<?> live) {
        SortedMap<NodeId, SortedMap<String, Long>> sent = new TreeMap<>();
        live.all()
                .forEach((id, node) ->
                        sent.put(id, new TreeMap<>(node.statistics().bytesSent())));
        return sent;
    }

    static Map<String, Object> results(Sent sent) {
        Map<String, Object> results = new LinkedHashMap<>();
        Map<String, Object> byNode = new LinkedHashMap<>();
        SortedMap<String, Long> byKind = new TreeMap<>();
        sent.bytes().forEach((id, kinds) -> {
            byNode.put(id.toString(), sent.checkpointKilobits(id));
            kinds.forEach((kind, bytes) -> byKind.merge(kind, bytes, Long::sum));
        });
        Map<String, Object> kilobitsByKind = new LinkedHashMap<>();
        byKind.forEach((kind, bytes) ->
                kilobitsByKind.put(kind, sent.kilobits(bytes) / sent.bytes().size()));
        results.put("nodes", sent.bytes().size());
        results.put("seconds", sent.seconds());
        results.put("meanKilobitsPerSecondByKind", kilobitsByKind);
        results.put("checkpointKilobitsPerSecondByNode", byNode);
        return results;
    }
}
