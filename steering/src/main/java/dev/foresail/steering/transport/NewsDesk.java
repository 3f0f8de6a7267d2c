package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.plane.LinkReport;
import java.util.List;
import java.util.OptionalLong;

/** Where the links' news come from, and where they go. On the node's event loop. */
public interface NewsDesk {
    /** The node's monotonic time in nanoseconds. */
    long nowNanos();

    /** Where this process is. */
    Coordinate coordinate();

    /**
     * Some of this process's own links, to be told to a peer.
     *
     * @param turn how often the peer was told some already: each time others
     */
    List<LinkReport<NodeId>> reports(NodeId to, long turn);

    /** Bytes leave for a peer; see {@link dev.foresail.network.measure.MeasuredLink#sent}. */
    void sent(NodeId peer, long bytes, boolean limitedBySender, long nowNanos);

    /** A peer says that it has received more of what was sent, so many bytes, above 0. */
    void acknowledged(NodeId peer, long bytes, long nowNanos);

    /** A round trip to a peer was measured, above 0. */
    void measured(NodeId peer, long roundTripNanos, long nowNanos);

    /**
     * A peer says where it is.
     *
     * @param roundTripNanos one that was measured now, if any; above 0 and at most 10 s
     */
    void heard(NodeId peer, Coordinate place, OptionalLong roundTripNanos, long nowNanos);

    /**
     * A peer says where it is and what it has measured of the way there, while this link's end here has measured nothing.
     *
     * @param roundTripNanos above 0 and at most 10 s
     */
    void told(NodeId peer, Coordinate place, long roundTripNanos, long nowNanos);

    /** A peer says something of its own links, which may be anything. */
    void reported(NodeId peer, List<LinkReport<NodeId>> reports, long nowNanos);

    /** What a peer said cannot be, and was ignored. */
    void ignored(NodeId peer, String code, String reason);
}
