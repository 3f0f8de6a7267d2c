package dev.foresail.eval.scribe;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.pastry.PastryScenario;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Nodes come one after the other and join; half a minute after the last one, some of them subscribe to one group, and another half a minute later one publishes a notice in every second. Notes {@code delivered}, the share
 * of notices that have come to subscribers, of all that were to come to those that are up when that is measured; what comes twice counts once. The default scenario of {@link Scribe} over an overlay whose nodes {@code join} over one they know.
 */
public abstract class ScribeScenario implements Scenario {
    private static final long GROUP = 0x5C81BE5C81BE5C81L;
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final String overlay;

    ScribeScenario(String overlay) {
        this.overlay = overlay;
    }

    /** Over {@link dev.foresail.eval.pastry.Pastry}. */
    public static final class OverPastry extends ScribeScenario {
        public OverPastry() {
            super("pastry");
        }
    }

    /** Over {@link dev.foresail.eval.chord.Chord}. */
    public static final class OverChord extends ScribeScenario {
        public OverChord() {
            super("chord");
        }
    }

    @Override
    public String name() {
        return "scribe/" + overlay;
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("joinWithin", Duration.class, Optional.of("1m")),
                new ParameterDescription("subscribers", Integer.class, Optional.of("50")),
                new ParameterDescription("notices", Integer.class, Optional.of("30")),
                new ParameterDescription("measuredAfter", Duration.class, Optional.of("179s")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(3);
    }

    /** @param values {@code joinWithin}: until the last node is there; {@code subscribers}: how many, at most all; {@code notices}: how many are published; {@code measuredAfter}: when the figure is taken, which is missing if the run ends before */
    @Override
    public void play(Stage stage, List<Object> values) {
        Duration joinWithin = (Duration) values.get(0);
        int notices = (Integer) values.get(2);
        PastryScenario.join(stage, joinWithin);
        List<NodeId> nodes = stage.nodes();
        Duration subscribed = joinWithin.plus(HALF_A_MINUTE);
        stage.at(subscribed, () -> stage.call(nodes.get(0), "create", List.of(GROUP)));
        for (NodeId node : subscribers(stage, values)) {
            stage.at(subscribed, () -> stage.call(node, "subscribe", List.of(GROUP)));
        }
        for (long number = 1; number <= notices; number++) {
            long each = number;
            Duration published = subscribed.plus(HALF_A_MINUTE).plusSeconds(number);
            stage.at(published, () -> stage.call(nodes.get(0), "publish", List.of(GROUP, each)));
        }
        stage.at((Duration) values.get(3), () -> measure(stage, subscribers(stage, values), notices));
    }

    @Override
    public void restarted(Stage stage, NodeId node, List<Object> values) {
        RoutingScenario.rejoin(stage, node);
        if (subscribers(stage, values).contains(node)) {
            stage.call(node, "subscribe", List.of(GROUP));
        }
    }

    private static List<NodeId> subscribers(Stage stage, List<Object> values) {
        return stage.nodes().subList(0, StrictMath.min(stage.nodes().size(), (Integer) values.get(1)));
    }

    private static void measure(Stage stage, List<NodeId> subscribers, int notices) {
        List<Scribe> up = subscribers.stream()
                .flatMap(node -> stage.state(node).stream())
                .map(state -> ((Stack) state).layer(Scribe.class))
                .toList();
        long received = up.stream().mapToLong(scribe -> scribe.notices.size()).sum();
        stage.record("delivered", (double) received / StrictMath.max(1, (long) notices * up.size()));
    }
}
