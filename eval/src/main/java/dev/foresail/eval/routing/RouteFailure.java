package dev.foresail.eval.routing;

/** Why a message is undeliverable. */
public enum RouteFailure {
    /** A node on the way tried as often as it may, and the next hop failed each time. */
    HOP_FAILED,
    /** A node on the way knows no next hop. */
    NO_NEXT_HOP,
    /** It has gone over more connections than any way is long. */
    TOO_MANY_HOPS,
    /** Nodes on the way or the root had no room for it until its time was over. */
    REFUSED,
    /** Its time was over. */
    EXPIRED
}
