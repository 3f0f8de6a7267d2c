package dev.foresail.eval.splitstream;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.pastry.PastryScenario;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nodes come one after the other and join, all watch, and the first one sends a stream. Notes {@code delivered}, the share of blocks that have come to the nodes that are up in the end, and of the trees as they are then: of the
 * children that nodes have, all stripes together, {@code children}; of the stripes in which a node that feeds others does so, {@code stripesFed}; of the stripes that a node below another one
 * loses for a while when that fails, {@code stripesLost}; of each the mean, the percentiles 50 and 95, and the most. With one tree for all stripes a node would feed others in 16 and lose 16.
 */
public final class SplitStreamScenario implements Scenario {
    @Override
    public String name() {
        return "splitstream/scribe/pastry";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("joinWithin", Duration.class, Optional.of("30s")),
                new ParameterDescription("blocks", Long.class, Optional.of("320")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(3);
    }

    /** @param values {@code joinWithin}: until the last node is there; {@code blocks}: how many are sent */
    @Override
    public void play(Stage stage, List<Object> values) {
        Duration joined = (Duration) values.get(0);
        long blocks = (Long) values.get(1);
        PastryScenario.join(stage, joined);
        List<NodeId> nodes = stage.nodes();
        stage.at(joined.plusSeconds(30), () -> nodes.forEach(node -> stage.call(node, "watch", List.of())));
        stage.at(joined.plusSeconds(60), () -> stage.call(nodes.get(0), "send", List.of(blocks)));
        stage.at(duration(nodes.size()).minusSeconds(1), () -> measure(stage, blocks));
    }

    @Override
    public void restarted(Stage stage, NodeId node, List<Object> values) {
        RoutingScenario.rejoin(stage, node);
        stage.call(node, "watch", List.of());
    }

    private static void measure(Stage stage, long blocks) {
        SortedMap<NodeId, Stack> up = new TreeMap<>();
        stage.nodes().forEach(node -> stage.state(node).map(Stack.class::cast).ifPresent(stack -> up.put(node, stack)));
        long received = up.values().stream()
                .mapToLong(stack -> stack.layer(SplitStream.class).received)
                .sum();
        stage.record("delivered", (double) received / StrictMath.max(1, blocks * up.size()));
        if (!up.isEmpty()) {
            long stream = up.values().iterator().next().layer(SplitStream.class).stream;
            StreamTrees trees = new StreamTrees(Stripes.keys(stream), up);
            record(stage, "children", trees.loads());
            record(stage, "stripesFed", trees.stripesFed());
            record(stage, "stripesLost", trees.stripesLost());
        }
    }

    private static void record(Stage stage, String name, List<Integer> values) {
        Distribution figures =
                Distribution.of(values.stream().map(Integer::doubleValue).toList());
        stage.record(name + "Mean", figures.mean());
        stage.record(name + "P50", figures.percentile(0.5));
        stage.record(name + "P95", figures.percentile(0.95));
        stage.record(name + "Most", figures.percentile(1));
    }
}
