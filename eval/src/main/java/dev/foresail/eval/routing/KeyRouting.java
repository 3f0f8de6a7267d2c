package dev.foresail.eval.routing;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;

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
