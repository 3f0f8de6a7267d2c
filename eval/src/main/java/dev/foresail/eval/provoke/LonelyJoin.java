package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;

/**
 * RT-2: the first node joins when nobody else is there, so that it knows no peers. Its application asks again, with whoever is
 * there by then, as long as the node has not begun to join. The others join the first node one after the other.
 */
public final class LonelyJoin implements Scenario {
    static final int LEAST_NODES = 2;

    private static final Duration BETWEEN_JOINS = Duration.ofMillis(200);
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "rt-2";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of();
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(5);
    }

    /** @throws IllegalArgumentException when there are less than two nodes */
    @Override
    public void play(Stage stage, List<Object> parameterValues) {
        Steps.checkSize(stage, LEAST_NODES);
        Steps steps = new Steps(stage);
        Trees trees = new Trees(stage);
        NodeId first = stage.nodes().get(0);
        stage.start(first);
        trees.join(first);
        steps.after(ASKED_AGAIN, () -> askAgain(stage, first));
        Duration time = stage.now();
        for (NodeId node : stage.nodes().subList(1, stage.nodes().size())) {
            time = time.plus(BETWEEN_JOINS);
            stage.at(time, () -> {
                stage.start(node);
                trees.join(node, first);
            });
        }
        stage.at(time, () -> steps.settle(trees::isWhole));
    }

    private static void askAgain(Stage stage, NodeId first) {
        Trees trees = new Trees(stage);
        if (trees.isInit(first)) {
            NodeId[] others = stage.nodes().stream()
                    .filter(node -> !node.equals(first) && stage.isUp(node))
                    .limit(1)
                    .toArray(NodeId[]::new);
            trees.join(first, others);
            new Steps(stage).after(ASKED_AGAIN, () -> askAgain(stage, first));
        }
    }
}
