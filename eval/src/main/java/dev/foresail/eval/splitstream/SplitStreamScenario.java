package dev.foresail.eval.splitstream;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.pastry.PastryScenario;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.eval.scribe.Scribe;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Nodes come one after the other and join, all watch, and the first one sends a stream. Notes {@code delivered}, the share of blocks that have come to the nodes that are up in the end, and {@code stripesFed}: for how many
 * stripes a node that feeds others does so, in the mean; with a tree for all it would be 16.
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
        List<Stack> up = stage.nodes().stream()
                .flatMap(node -> stage.state(node).stream())
                .map(Stack.class::cast)
                .toList();
        long received = up.stream()
                .mapToLong(stack -> stack.layer(SplitStream.class).received)
                .sum();
        stage.record("delivered", (double) received / StrictMath.max(1, blocks * up.size()));
        stage.record(
                "stripesFed",
                up.stream()
                        .mapToInt(stack -> stack.layer(Scribe.class).groupsFed())
                        .filter(fed -> fed > 0)
                        .average()
                        .orElse(0));
    }
}
