package dev.foresail.eval.skipnet;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;

/** {@link SkipNet} in a system that grows, as overlays do. In each second one of the nodes, if it has joined, sends a message to the name of one of them. */
public final class SkipNetScenario extends RoutingScenario {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    public SkipNetScenario() {
        super("skipnet", false);
    }

    @Override
    protected void playMore(Stage stage) {
        stage.at(stage.now().plus(PERIOD), () -> {
            NodeId visitor = drawn(stage);
            NodeId name = drawn(stage);
            if (isJoined(stage, visitor)) {
                stage.call(visitor, "visit", List.of(name));
            }
            playMore(stage);
        });
    }

    private static NodeId drawn(Stage stage) {
        return stage.nodes().get(stage.random().nextInt(stage.nodes().size()));
    }
}
