package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;

/**
 * RT-3: the root fails, and one of its children asks the smallest of its siblings for a place, which takes its time to answer.
 * Meanwhile a node joins at the child that asks, which takes itself for the root and still has its siblings.
 */
public final class OrphanedJoin extends KnownBug {
    static final int LEAST_NODES = 4;

    private static final Duration HEIR_IS_SLOW = Duration.ofSeconds(3);

    public OrphanedJoin() {
        super("rt-3", LEAST_NODES);
    }

    @Override
    void provoke(Stage stage) {
        Steps steps = new Steps(stage);
        Trees trees = new Trees(stage);
        int others = stage.nodes().size() - 1;
        NodeId root = stage.nodes().get(0);
        NodeId late = stage.nodes().get(others);
        List<NodeId> early = stage.nodes().subList(0, others);
        early.forEach(stage::start);
        trees.join(root);
        early.stream().skip(1).forEach(node -> trees.join(node, root));
        steps.when("there is one tree", trees::isWhole, () -> {
            List<NodeId> children = List.copyOf(trees.at(root).orElseThrow().children());
            NodeId orphan = children.stream()
                    .skip(1)
                    .filter(child ->
                            trees.at(child).filter(MaceRandTree::hasRoom).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no child of the root has room but the first"));
            stage.start(late);
            stage.pause(children.get(0), HEIR_IS_SLOW);
            stage.crash(root, Duration.ZERO);
            steps.when("the child misses the root", () -> !trees.isJoined(orphan), () -> {
                trees.join(late, orphan);
                steps.after(HEIR_IS_SLOW, () -> steps.settle(trees::isWhole));
            });
        });
    }
}
