package dev.foresail.randtree;

import dev.foresail.choice.NodeId;
import dev.foresail.randtree.RandTreeMessages.Join;
import java.util.Optional;

/**
 * What a node does with a Join: the steps (a) to (f) of the Mace source. Exactly one applies, whichever form of RandTree
 * the node runs.
 */
enum JoinStep {
    /** The application has not asked this node to join yet: it keeps out of it. */
    IGNORE,
    /** (b) The joiner is the root, or this is the node's own Join come back to it. */
    REFUSE,
    /** (a) Not on its way down from the root: only the root sees whether the joiner has the smaller id. */
    RELAY,
    /** (c) This node is the root and the joiner has the smaller id. RT-6: nothing comes after it. */
    GIVE_WAY,
    /**
     * (d), (e) The joiner belongs below this node, which has room for it. RT-5: a child that joins again has lost its
     * state, or the connection: its place is still there.
     */
    ADOPT,
    /** (f) The joiner belongs below this node, which has no room for it. */
    DELEGATE;

    /**
     * The step that applies to {@code join} at {@code node}. A pure function.
     *
     * @param from who has sent the Join here, which need not be the joiner
     * @param self the id of {@code node}
     */
    static JoinStep of(Join join, NodeId from, RandTreeState node, NodeId self) {
        NodeId joiner = join.joiner();
        NodeId root = node.root();
        boolean isRoot = root.equals(self);
        if (node.state() == ControlState.INIT) {
            return IGNORE;
        }
        if (joiner.equals(root) || joiner.equals(self)) {
            return REFUSE;
        }
        if (!isRoot && !isHandedDown(join, from, node)) {
            return RELAY;
        }
        if (isRoot && joiner.compareTo(root) < 0) {
            return GIVE_WAY;
        }
        boolean hasRoom = node.children().size() < node.maxChildren();
        return hasRoom || node.children().contains(joiner) ? ADOPT : DELEGATE;
    }

    /** Whether the parent has sent it, on its way down from the root that both know. */
    private static boolean isHandedDown(Join join, NodeId from, RandTreeState node) {
        return join.comesDownFrom(node.root()) && node.parent().equals(Optional.of(from));
    }
}
