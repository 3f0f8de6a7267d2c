package dev.foresail.randtree;

import dev.foresail.choice.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The messages that all forms of RandTree exchange. */
public final class RandTreeMessages {
    private RandTreeMessages() {}

    /**
     * A node, with the tree below it, wants a parent.
     *
     * @param joiner the node that wants one; the reply goes to it
     * @param redirectedBy the root that has sent it on its way down, empty before that
     * @param subtree the number of nodes that come along, the joiner included, at least 1
     * @param fanout how many children a node of this tree takes at most; it travels along because the effect of
     *     handing a Join over is worked out from the message alone
     */
    public record Join(NodeId joiner, Optional<NodeId> redirectedBy, int subtree, int fanout) {
        /** The first Join of {@code joiner}. */
        public static Join of(NodeId joiner, int subtree, int fanout) {
            return new Join(joiner, Optional.empty(), subtree, fanout);
        }

        /** This Join on its way down from {@code root}. */
        public Join downFrom(NodeId root) {
            return new Join(joiner, Optional.of(root), subtree, fanout);
        }

        /** This Join on its way to the root. */
        public Join up() {
            return new Join(joiner, Optional.empty(), subtree, fanout);
        }

        /** Whether it is on its way down from {@code root}. */
        public boolean comesDownFrom(NodeId root) {
            return redirectedBy.equals(Optional.of(root));
        }
    }

    /** What becomes of a Join. The Mace source also lets the application refuse one; here, none does. */
    public enum Status {
        /** The sender is the joiner's parent now. */
        ACCEPTED,
        /** The joiner has the smaller id and is the root from now on. */
        ROOT_FORCE,
        /** The joiner is the sender's root already. */
        LOOP_ERROR
    }

    /**
     * The answer to a Join.
     *
     * @param root the root of the joiner's tree from now on
     * @param siblings the children of the new parent, the joiner included; empty unless accepted
     */
    public record JoinReply(Status status, NodeId root, List<NodeId> siblings) {
        public JoinReply {
            siblings = List.copyOf(siblings);
        }

        /** The sender, one of whose children the joiner is now, is in the tree of {@code root}. */
        public static JoinReply accepted(NodeId root, Collection<NodeId> siblings) {
            return new JoinReply(Status.ACCEPTED, root, List.copyOf(siblings));
        }

        /** The joiner itself is the root. */
        public static JoinReply beRoot(Status status, NodeId joiner) {
            return new JoinReply(status, joiner, List.of());
        }
    }

    /** The sender is no child of the receiver. */
    public record Remove() {}

    /** The receiver is no child of the sender (any more) and joins again if it thought so. */
    public record Rejoin() {}

    /** The children of the sender, which is the receiver's parent. */
    public record UpdateSiblings(NodeId root, List<NodeId> siblings) {
        public UpdateSiblings {
            siblings = List.copyOf(siblings);
        }
    }

    /** The sender, in the tree of {@code root}, asks whether the receiver is in another one. */
    public record Probe(NodeId root) {}

    /** There is a tree with the smaller root {@code root}: the receiver, if a root, joins it. */
    public record ProbeJoin(NodeId root) {}

    /** The root of the tree has changed. */
    public record NewRoot(NodeId root) {}
}
