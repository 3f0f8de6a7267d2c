package dev.foresail.randtree;

import dev.foresail.choice.Graphs;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What must hold of every form of RandTree, after the properties of the Mace source and of CrystalBall, and what is
 * measured of it. Pure functions.
 */
public final class RandTreeProperties {
    private RandTreeProperties() {}

    /** Safety: a node that has joined is the root itself or has a parent, never both. */
    static boolean rootOrChild(RandTreeState node, NodeId self) {
        return node.state() != ControlState.JOINED
                || node.root().equals(self) == node.parent().isEmpty();
    }

    /** Safety (RT-1): nobody is both a child and a sibling, or a relative of itself. */
    static boolean familyIsDisjoint(RandTreeState node, NodeId self) {
        return Collections.disjoint(node.children(), node.siblings())
                && !node.children().contains(self)
                && !node.siblings().contains(self);
    }

    /** Safety (RT-3): a root has no siblings. */
    static boolean rootHasNoSiblings(RandTreeState node, NodeId self) {
        return !node.root().equals(self) || node.siblings().isEmpty();
    }

    /** Safety (RT-4): a node's root is neither its child nor its sibling. */
    static boolean rootIsAbove(RandTreeState node) {
        return !node.children().contains(node.root()) && !node.siblings().contains(node.root());
    }

    /** Safety: following parents comes to an end. */
    static boolean hasNoLoops(SystemView<? extends RandTreeState> view) {
        return Graphs.isForest(view, RandTreeState::parent);
    }

    /** Liveness: everybody has joined. */
    static boolean allJoined(SystemView<? extends RandTreeState> view) {
        return view.all(node -> node.state() == ControlState.JOINED);
    }

    /** Liveness: there is one root and everybody knows it. */
    static boolean rootIsAgreed(SystemView<? extends RandTreeState> view) {
        if (view.nodes().isEmpty()) {
            return true;
        }
        NodeId root = view.state(view.nodes().first()).root();
        return view.all(node -> node.root().equals(root))
                && holdsAt(root, view, node -> node.parent().isEmpty());
    }

    /** Liveness: a parent lists its children and a child names its parent. */
    static boolean linksAgree(SystemView<? extends RandTreeState> view) {
        return view.nodes().stream().allMatch(id -> {
            RandTreeState node = view.state(id);
            Optional<NodeId> self = Optional.of(id);
            return node.parent().stream()
                            .allMatch(parent -> holdsAt(
                                    parent, view, above -> above.children().contains(id)))
                    && node.children().stream()
                            .allMatch(child ->
                                    holdsAt(child, view, below -> below.parent().equals(self)));
        });
    }

    /** False at a node that is down; unknown at one that is not known. */
    private static boolean holdsAt(
            NodeId node, SystemView<? extends RandTreeState> view, Predicate<RandTreeState> predicate) {
        boolean isDown = view.isComplete() && !view.isKnown(node);
        return !isDown && predicate.test(view.state(node));
    }

    /** Liveness: the children of a root know one another. */
    static boolean siblingsAgree(SystemView<? extends RandTreeState> view) {
        return view.nodes().stream()
                .map(view::state)
                .filter(root -> root.parent().isEmpty())
                .allMatch(root -> root.children().stream()
                        .allMatch(child -> holdsAt(child, view, below -> {
                            Set<NodeId> family = new TreeSet<>(below.siblings());
                            family.add(child);
                            return family.equals(new TreeSet<>(root.children()));
                        })));
    }

    /** The number of known nodes that have joined. */
    static double joined(SystemView<? extends RandTreeState> view) {
        return view.nodes().stream()
                .filter(node -> view.state(node).state() == ControlState.JOINED)
                .count();
    }

    /** The number of levels of the deepest tree in sight; a root alone has one. */
    static double maxDepth(SystemView<? extends RandTreeState> view) {
        return view.nodes().stream().mapToInt(level(view)).max().orElse(0);
    }

    /** The mean level of the known nodes; 0 when there is none. */
    static double meanDepth(SystemView<? extends RandTreeState> view) {
        return view.nodes().stream().mapToInt(level(view)).average().orElse(0);
    }

    private static ToIntFunction<NodeId> level(SystemView<? extends RandTreeState> view) {
        return node -> Graphs.level(view, node, RandTreeState::parent);
    }
}
