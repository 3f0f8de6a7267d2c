package dev.foresail.eval.scribe;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;
import java.util.SortedSet;

/**
 * Groups of nodes that messages are sent to, each named by a key of 64 bits, and each with a tree that a layer above may change. Best effort: what is sent while a tree is mended may be lost to some, come twice to others,
 * and come before what was sent earlier.
 */
@Service
public interface GroupMulticast {
    /** Makes the root of the group's key know it. */
    void create(long group);

    /** From now on this node gets what is sent to the group. */
    void subscribe(long group);

    void leave(long group);

    /** Sends a message to all subscribers; the sender need not be one. */
    void multicast(long group, Record content);

    /** Looks for one subscriber that takes a message, the nearest in the tree first. Nobody is told when there is none. */
    void anycast(long group, Record content);

    /** Whether this node takes itself for the root of a group's tree. */
    boolean isRoot(long group);

    /** How many bits at its beginning the group's key has in common with a node's place on the circle: 0 to 64. */
    int sharedBits(long group, NodeId node);

    /** To whom this node hands on what is sent to a group. */
    SortedSet<NodeId> children(long group);

    /** Sends a child away. */
    void reject(long group, NodeId child);

    /** Asks a node of the tree to take this one for its child. */
    void seek(long group, NodeId parent);

    /**
     * Takes a node for a child, if this node is below the root and not below the other one, as far as it has heard.
     *
     * @return whether it has
     */
    boolean adopt(long group, NodeId child);

    interface Upcalls {
        void received(long group, Record content);

        /** A message that is looking for somebody to take it has come to this subscriber. */
        boolean taken(long group, Record content);

        /** This node has a child that it did not have before. */
        void adopted(long group, NodeId child);

        /** The parent has sent this node away and kept {@code siblings}. Whoever finds no other parent at once subscribes again with the next heartbeat. */
        void rejected(long group, SortedSet<NodeId> siblings);
    }
}
