package dev.foresail.eval.macetree;

import dev.foresail.choice.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The messages of {@link MaceRandTree}, named as in the Mace source. */
public final class MaceMessages {
    private MaceMessages() {}

    /**
     * The joiner asks for a parent.
     *
     * @param redirectedBy the root, once it has handed the Join down
     */
    public record Join(NodeId joiner, Optional<NodeId> redirectedBy) {}

    /** What becomes of a Join. */
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
     * @param siblings the children of the sender, the joiner included; empty unless accepted
     */
    public record JoinReply(Status status, NodeId root, List<NodeId> siblings) {
        public JoinReply {
            siblings = List.copyOf(siblings);
        }

        static JoinReply accepted(NodeId root, Collection<NodeId> siblings) {
            return new JoinReply(Status.ACCEPTED, root, List.copyOf(siblings));
        }

        static JoinReply beRoot(Status status, NodeId joiner) {
            return new JoinReply(status, joiner, List.of());
        }
    }

    /** The sender is no child of the receiver. */
    public record Remove() {}

    /** The receiver is no child of the sender any more. */
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
