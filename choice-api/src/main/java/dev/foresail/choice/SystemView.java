package dev.foresail.choice;

import java.util.SortedSet;
import java.util.function.Predicate;

/**
 * The states of the nodes that are known, and explicitly the fact that others are not. Complete only when it was taken
 * from a whole simulated or explored system; from a snapshot, unknown nodes stay unknown.
 *
 * <p>The states are read-only by contract: properties and metrics must not change them.
 *
 * @param <S> the protocol's state
 */
public interface SystemView<S> {
    /** The nodes whose state is known, in the order of their ids; nodes that are down are not among them. */
    SortedSet<NodeId> nodes();

    /** Whether every node of the system that is up is known. */
    boolean isComplete();

    /**
     * The state of {@code node}.
     *
     * @throws UnknownNodeException when it is not known, which makes the answer of a property <em>unknown</em>
     */
    S state(NodeId node);

    /**
     * The age of what is known of {@code node} in nanoseconds, 0 in a complete view. In predictions it is how old the checkpoint was when the future began and
     * how much later it is asked, also of the node that decides.
     */
    long ageNanos(NodeId node);

    default boolean isKnown(NodeId node) {
        return nodes().contains(node);
    }

    /**
     * Whether {@code predicate} holds at every node.
     *
     * @throws UnknownNodeException when it holds at every known node but the view is not complete
     */
    default boolean all(Predicate<? super S> predicate) {
        for (NodeId node : nodes()) {
            if (!predicate.test(state(node))) {
                return false;
            }
        }
        if (!isComplete()) {
            throw new UnknownNodeException("not every node is known");
        }
        return true;
    }
}
