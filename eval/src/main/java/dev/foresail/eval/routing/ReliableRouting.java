package dev.foresail.eval.routing;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Service;

/**
 * Routing to the roots of keys of which the origin of each message hears how it has ended: it was delivered, or it is undeliverable, one of both and once, unless the origin itself ends first. What cannot be
 * taken is refused, and nobody drops anything without a word.
 *
 * <p>{@code delivered} is certain: the root has handed the message up. {@code undeliverable} says that nobody knows of that; the message may have come all the same. One life of a node hands up a message at most
 * once. Order is not promised.
 *
 * <p>Source: what key-based routing over hops lacks, by Cabrera, Jones, Theimer: Engineering realities of building a working peer-to-peer system, section 3.3 (end-to-end reliability, timeouts, congestion).
 */
@Service
public interface ReliableRouting {
    /**
     * Sends a message to the root of a key. Outcomes are told in later steps.
     *
     * @return false when there is no room for it now: nothing was sent, and {@code ready} tells when to try again
     */
    boolean send(long key, Record message);

    /**
     * The layer above takes so many messages more, after it has refused some.
     *
     * @throws IllegalArgumentException FS550 for less than 0
     */
    void resume(int messages);

    /** How many messages of this node have no outcome yet. */
    int open();

    interface Upcalls {
        /**
         * This node is the root of the key.
         *
         * @param hops over how many connections the message has come
         * @return whether it is taken; if not, it waits upstream and is handed up again later
         */
        boolean deliver(NodeId origin, long key, int hops, Record message);

        /** The root has taken it. */
        void delivered(long key, NodeId root, Record message);

        /**
         * It was not delivered, as far as anybody knows.
         *
         * @param where the node at which it has ended
         */
        void undeliverable(long key, RouteFailure reason, NodeId where, Record message);

        /** At this node, on the way: the message did not get to the next hop, and may be handed to another one. */
        void hopFailed(long key, NodeId next, Record message);

        /** There is room again after {@code send} has had none; it may be for another key. */
        void ready();
    }
}
