package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.eval.scenario.Settings;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * RT-1: a node below a child of the root loses its state without anybody noticing and joins again at the root, which has room.
 * The root's news of its children then names a node as a sibling that the child has as a child of its own.
 *
 * <p>So that the root has room, the others gather below a few of them before the root is there.
 */
public final class SilentRejoin implements Scenario {
    static final int LEAST_NODES = 3;

    private static final int NODES_PER_HEAD = 7;

    @Override
    public String name() {
        return "rt-1";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(new ParameterDescription("head", Integer.class, Optional.of("1")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(5);
    }

    /**
     * {@code head} says which child of the root does not notice, 1 being the smallest, which would take over from the root.
     *
     * @throws IllegalArgumentException when there are less than three nodes, or there is no such child
     */
    @Override
    public void play(Stage stage, List<Object> parameterValues) {
        Steps.checkSize(stage, LEAST_NODES);
        new Gathered(stage, parameterValues.get(0)).begin();
    }

    /** One play of it. */
    private static final class Gathered {
        private final Stage stage;
        private final Steps steps;
        private final Trees trees;
        private final NodeId root;
        private final List<NodeId> heads;
        private final List<NodeId> members;

        private final NodeId unaware;

        Gathered(Stage stage, Object head) {
            this.stage = stage;
            this.steps = new Steps(stage);
            this.trees = new Trees(stage);
            List<NodeId> nodes = stage.nodes();
            int count = Math.max(1, (nodes.size() - 1) / NODES_PER_HEAD);
            this.root = nodes.get(0);
            this.heads = nodes.subList(1, 1 + count);
            this.unaware = heads.get(Settings.within(1, count, "head", head) - 1);
            this.members = nodes.subList(1 + count, nodes.size());
        }

        void begin() {
            stage.nodes().forEach(stage::start);
            heads.forEach(head -> trees.join(head, root));
            for (int index = 0; index < members.size(); index++) {
                trees.join(members.get(index), heads.get(index % heads.size()));
            }
            steps.when("all are below a head", () -> members.stream().allMatch(trees::isJoined), () -> {
                trees.join(root, heads.get(0));
                steps.when("there is one tree", trees::isWhole, this::lose);
            });
        }

        /** A leaf, so that nobody else is concerned. */
        private void lose() {
            NodeId lost = trees.at(unaware).orElseThrow().children().stream()
                    .filter(this::isLeaf)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(unaware + " has no child without children"));
            stage.silentReset(lost);
            steps.when("the node is back", () -> trees.isInit(lost), () -> {
                trees.join(lost, root);
                steps.when("it has joined again", () -> trees.isJoined(lost), () -> steps.settle(trees::isWhole));
            });
        }

        private boolean isLeaf(NodeId node) {
            return trees.at(node).filter(state -> state.children().isEmpty()).isPresent();
        }
    }
}
