package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.predictor.scenario.Stage;
import java.util.List;
import java.util.Optional;

/** What a scenario asks of the nodes of {@link MaceRandTree} on a stage, and lets them do. On the stage's thread. */
final class Trees {
    private final Stage stage;

    Trees(Stage stage) {
        this.stage = stage;
    }

    /** The node's state; empty when it is down. */
    Optional<MaceRandTree> at(NodeId node) {
        return stage.state(node).map(MaceRandTree.class::cast);
    }

    void join(NodeId node, NodeId... known) {
        stage.call(node, "joinOverlay", List.of(List.of(known)));
    }

    boolean isJoined(NodeId node) {
        return at(node).filter(MaceRandTree::isJoined).isPresent();
    }

    boolean isInit(NodeId node) {
        return at(node).filter(MaceRandTree::isInit).isPresent();
    }

    /** Whether all nodes that are up have joined, in one tree. */
    boolean isWhole() {
        List<NodeId> up = stage.nodes().stream().filter(stage::isUp).toList();
        Optional<NodeId> root = at(up.get(0)).map(MaceRandTree::root).filter(up::contains);
        return root.isPresent() && up.stream().allMatch(node -> isIn(node, root.get()));
    }

    private boolean isIn(NodeId node, NodeId root) {
        Optional<MaceRandTree> state =
                at(node).filter(known -> known.isJoined() && known.root().equals(root));
        return state.isPresent()
                && (node.equals(root)
                        || state.get()
                                .parent()
                                .flatMap(this::at)
                                .filter(above -> above.children().contains(node))
                                .isPresent());
    }
}
