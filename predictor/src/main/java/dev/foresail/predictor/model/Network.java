package dev.foresail.predictor.model;

/** What the network may do to messages in flight. */
public enum Network {
    /**
     * A queue per ordered pair of nodes, as TCP: delivered in order, lost only when the connection breaks. Datagrams are outside of the queues, as if {@link
     * #UNORDERED}.
     */
    ORDERED,
    /** A multiset per receiver: any message may be the next; equal ones are delivered one after the other. */
    UNORDERED,
    /** A set per receiver that only grows: what was sent may be delivered any number of times, in any order. */
    DUPLICATING
}
