package dev.foresail.eval.pastry;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Nodes come one after the other, and each joins over one that is there. {@code measuredAfter} some time two figures are taken of the nodes as they are then: {@code rootsFound}, the share of random keys for which the way from a random
 * node ends at the numerically closest one, and {@code meanHops} of these ways.
 */
public class PastryScenario implements Scenario {
    private static final int KEYS = 10_000;

    private final String name;

    public PastryScenario() {
        this("pastry");
    }

    /** Of another overlay whose nodes are members of a {@link Ring}. */
    protected PastryScenario(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("joinWithin", Duration.class, Optional.of("1m")),
                new ParameterDescription("measuredAfter", Duration.class, Optional.of("179s")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(3);
    }

    /** @param values {@code joinWithin}: until the last node is there; {@code measuredAfter}: when the figures are taken, which are missing if the run ends before */
    @Override
    public void play(Stage stage, List<Object> values) {
        join(stage, (Duration) values.get(0));
        stage.at((Duration) values.get(1), () -> measure(stage));
    }

    /** Starts the nodes one after the other. */
    public static void join(Stage stage, Duration within) {
        List<NodeId> nodes = stage.nodes();
        for (int index = 0; index < nodes.size(); index++) {
            NodeId node = nodes.get(index);
            NodeId known = nodes.get(index == 0 ? 0 : stage.random().nextInt(index));
            stage.at(within.multipliedBy(index).dividedBy(nodes.size()), () -> {
                stage.start(node);
                stage.call(node, "join", List.of(known));
            });
        }
    }

    @Override
    public void restarted(Stage stage, NodeId node, List<Object> values) {
        RoutingScenario.rejoin(stage, node);
    }

    private static void measure(Stage stage) {
        List<Ring.Member> states = stage.nodes().stream()
                .flatMap(node -> stage.state(node).stream())
                .map(Ring.Member.class::cast)
                .toList();
        Ring ring = Ring.of(states);
        if (ring.circle().isEmpty()) {
            return;
        }
        RandomGenerator random = stage.random();
        IntSummaryStatistics hops = new IntSummaryStatistics();
        for (int count = 0; count < KEYS; count++) {
            long key = random.nextLong();
            Peer root = Collections.min(ring.circle(), Peer.byDistance(key));
            OptionalInt found = ring.hops(states.get(random.nextInt(states.size())), key, root);
            found.ifPresent(hops);
        }
        stage.record("rootsFound", (double) hops.getCount() / KEYS);
        stage.record("meanHops", hops.getAverage());
    }
}
