package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.measure.TransportFigures;
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

    /** The kernel tells what is new of the connection to a peer; see {@link dev.foresail.network.measure.MeasuredLink#transport}. */
    void transport(NodeId peer, TransportFigures figures, long nowNanos);

    /** The kernel does not answer when it is asked of a connection, which it is not asked of again. */
    void kernelSilent(String reason);

    /**
     * How old the round trip to a peer is that somebody has asked for; see
     * {@link dev.foresail.network.plane.InformationPlane#askedAgeNanos}.
     */
    OptionalLong askedAgeNanos(NodeId peer, long nowNanos);

    /** The link to a peer is being measured because somebody has asked for it. */
    void probed(NodeId peer);

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
