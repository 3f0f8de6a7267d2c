package dev.foresail.eval.routing;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;
import java.util.List;
import java.util.SortedSet;

/**
 * Key-based routing: each key has a node that is responsible for it, its root, and messages find their way there over nodes that are nearer and
 * nearer to it. Keys are all 64 bits, taken as unsigned, on a circle.
 *
 * <p>Source: the interface that structured overlays have in common, Dabek et al., IPTPS 2003; Chord and Pastry provide it, Scribe uses it.
 */
@Service
public interface KeyRouting {
    /** Sends a message towards the root of a key; a node that has not joined drops it. */
    void route(long key, Record message);

    /** Whether this node takes itself for the root of a key. */
    boolean isRoot(long key);

    /** Where on the circle a node is, known or not. */
    long position(NodeId node);

    /**
     * The nodes that copies of what belongs to a key may be kept on, the root first: should it fail, the next one is the root. To be asked of the root.
     *
     * @param count how many at most; less are known in a small system, or when some have just failed
     */
    List<NodeId> replicas(long key, int count);

    /** Whom this node knows, at least all to whom it may hand a message on. */
    SortedSet<NodeId> known();

    interface Upcalls {
        /** The message has come to the root of its key. */
        void deliver(long key, Record message);

        /**
         * The message is about to leave this node.
         *
         * @param next where it goes
         * @return whether it goes on; false if the layer above has taken it
         */
        boolean forward(long key, Record message, NodeId next);
    }
}
