package dev.foresail.randtree.schedule;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.randtree.ControlState;
import dev.foresail.randtree.RandTreeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tree as it stands, seen from outside; levels count from 1 at the root. Immutable. */
final class TreeShape {
    private final SortedMap<NodeId, RandTreeState> states = new TreeMap<>();
    private final NodeId root;

    private TreeShape(NodeId root) {
        this.root = root;
    }

    static TreeShape of(Stage stage) {
        TreeShape shape = new TreeShape(stage.nodes().get(0));
        for (NodeId node : stage.nodes()) {
            stage.state(node).ifPresent(state -> shape.states.put(node, (RandTreeState) state));
        }
        return shape;
    }

    /** The level of a node; empty when it is not connected to the root. */
    Optional<Integer> level(NodeId node) {
        int level = 1;
        NodeId at = node;
        while (!at.equals(root)) {
            RandTreeState state = states.get(at);
            if (state == null
                    || state.state() != ControlState.JOINED
                    || state.parent().isEmpty()) {
                return Optional.empty();
            }
            at = state.parent().get();
            level++;
            if (level > states.size() || !states.containsKey(at)) {
                return Optional.empty();
            }
        }
        return Optional.of(level);
    }

    /** How many running nodes are connected to the root. */
    int connected() {
        return (int)
                states.keySet().stream().filter(node -> level(node).isPresent()).count();
    }

    /** The deepest level of a connected node. */
    int maxDepth() {
        return states.keySet().stream()
                .flatMap(node -> level(node).stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    /** A node and everything below it, by the nodes' own parents. */
    List<NodeId> subtree(NodeId top) {
        List<NodeId> below = new ArrayList<>();
        for (NodeId node : states.keySet()) {
            if (isBelow(node, top)) {
                below.add(node);
            }
        }
        return below;
    }

    private boolean isBelow(NodeId node, NodeId top) {
        NodeId at = node;
        for (int steps = 0; steps <= states.size(); steps++) {
            if (at.equals(top)) {
                return true;
            }
            RandTreeState state = states.get(at);
            if (state == null || state.parent().isEmpty()) {
                return false;
            }
            at = state.parent().get();
        }
        return false;
    }

    /** The nodes whose parent is the root. */
    List<NodeId> childrenOfRoot() {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().parent().equals(Optional.of(root)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The nodes other than the root that are some node's parent. */
    List<NodeId> inner() {
        return states.keySet().stream()
                .filter(node -> !node.equals(root))
                .filter(node -> states.values().stream()
                        .anyMatch(state -> state.parent().equals(Optional.of(node))))
                .toList();
    }
}
