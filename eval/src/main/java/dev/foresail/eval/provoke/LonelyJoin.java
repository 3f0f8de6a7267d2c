package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;

/**
 * RT-2: the first node joins when nobody else is there, so that it knows no peers. Its application asks again, with whoever is
 * there by then, as long as the node has not begun to join. The others join the first node one after the other.
 */
public final class LonelyJoin extends KnownBug {
    static final int LEAST_NODES = 2;

    private static final Duration BETWEEN_JOINS = Duration.ofMillis(200);
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

    public LonelyJoin() {
        super("rt-2", LEAST_NODES);
    }

    @Override
    void provoke(Stage stage) {
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
