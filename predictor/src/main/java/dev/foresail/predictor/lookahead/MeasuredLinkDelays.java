package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.measure.PeerMeasurements;
import dev.foresail.network.model.MeasuredNetworkModel;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Draws delays from what one node has measured of its own links; a link between others is taken for an average one.
 * Measurements come in on the node's thread; roll-outs on any thread draw from the last picture.
 */
public final class MeasuredLinkDelays implements LinkDelays {
    private final NodeId self;
    private final PeerMeasurements<NodeId> measurements = new PeerMeasurements<>();
    private final MeasuredNetworkModel<NodeId> model;
    private volatile Map<NodeId, Link> links = Map.of();
    private volatile Link average = new Link(MeasuredNetworkModel.DEFAULT_LATENCY_NANOS, 0);

    public MeasuredLinkDelays(NodeId self) {
        this.self = self;
        this.model = new MeasuredNetworkModel<>(self, measurements);
    }

    /** One way, in nanoseconds. */
    private record Link(double nanos, double spreadNanos) {
        static Link of(Figure figure) {
            return new Link(figure.value(), Double.isFinite(figure.spread()) ? figure.spread() : 0);
        }
    }

    /** Takes a measured round trip to a peer. */
    public void roundTrip(NodeId peer, long nanos, long nowNanos) {
        measurements.roundTrip(peer, nanos, nowNanos);
        Map<NodeId, Link> updated = new HashMap<>(links);
        updated.put(peer, Link.of(model.latencyNanos(self, peer, nowNanos)));
        links = updated;
        measurements
                .medianRoundTripNanos(nowNanos)
                .ifPresent(median -> average = new Link(median / 2, meanSpreadNanos(updated)));
    }

    private static double meanSpreadNanos(Map<NodeId, Link> links) {
        return links.values().stream().mapToDouble(Link::spreadNanos).average().orElse(0);
    }

    /** Forgets a peer whose connection is broken; it is measured anew when it comes back. */
    public void forget(NodeId peer) {
        measurements.forget(peer);
        Map<NodeId, Link> updated = new HashMap<>(links);
        updated.remove(peer);
        links = updated;
    }

    @Override
    public long sampleNanos(NodeId from, NodeId to, RandomGenerator random) {
        if (from.equals(to)) {
            return 0;
        }
        NodeId peer = from.equals(self) ? to : from;
        boolean own = from.equals(self) || to.equals(self);
        Link link = own ? links.getOrDefault(peer, average) : average;
        return (long) Math.max(0, link.nanos + link.spreadNanos * (2 * random.nextDouble() - 1));
    }
}
