package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.measure.MeasuredLink;
import dev.foresail.network.measure.TransportFigures;
import dev.foresail.network.plane.InformationPlane;
import dev.foresail.network.plane.LinkReport;
import dev.foresail.network.plane.PlaneSettings;
import dev.foresail.network.provider.LinkProviders;
import dev.foresail.network.topology.LinkSampler;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Draws delays from what is known of the network: of a node's own links what was measured, of others what the information plane
 * knows of them; a link of which nothing is known is taken for an average one. Measurements come in on the node's thread; roll-outs
 * draw on any thread.
 */
public final class MeasuredLinkDelays implements LinkDelays {
    /** As many as a kernel makes by default before it gives the connection up. */
    private static final int MOST_RETRANSMISSIONS = 15;

    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BITS_PER_BYTE = 8;
    private static final double BITS_PER_MEGABIT = 1e6;

    private final InformationPlane<NodeId> plane;
    private final Map<NodeId, Long> serviceNanos = new ConcurrentHashMap<>();
    private final Map<NodeId, Double> uplinks = new ConcurrentHashMap<>();
    private final ArrivalRates arrivals = new ArrivalRates();
    /** Figures age up to here: look-ahead has no clock. */
    private volatile long latestNanos;

    /** With a plane of the node's own. */
    public MeasuredLinkDelays(NodeId self) {
        this(new InformationPlane<>(self));
    }

    /** @param plane the node's, which others may write to and read as well */
    public MeasuredLinkDelays(InformationPlane<NodeId> plane) {
        this.plane = plane;
    }

    /** Takes a measured round trip to a peer. */
    public void roundTrip(NodeId peer, long nanos, long nowNanos) {
        plane.roundTrip(peer, nanos, nowNanos);
        latestNanos = nowNanos;
    }

    /** Takes what the kernel says of the connection to a peer; see {@link MeasuredLink#transport}. */
    public void transport(NodeId peer, TransportFigures figures, long nowNanos) {
        plane.link(peer, nowNanos).transport(figures, nowNanos);
        latestNanos = nowNanos;
    }

    /** From now on these providers are asked, and no others. */
    public void consult(LinkProviders<NodeId> providers) {
        plane.consult(providers);
    }

    /** What this node tells others of its own links. */
    public List<LinkReport<NodeId>> report(long nowNanos) {
        return plane.export(PlaneSettings.DEFAULT.entries(), nowNanos);
    }

    /** Takes what another node tells of its own links; what cannot be is left out. */
    public void reported(NodeId peer, List<LinkReport<NodeId>> report, long nowNanos) {
        plane.take(peer, report, nowNanos);
        latestNanos = nowNanos;
    }

    /** Takes how long events take a node, this one or one that has told it, in nanoseconds; at least 0. */
    public void served(NodeId node, long nanos) {
        serviceNanos.put(node, nanos);
    }

    /** Takes what a node's access takes out at a time, this one's or that of one that has told it, in bytes per second; above 0, maybe infinite. */
    public void sendsOut(NodeId node, double bytesPerSecond) {
        uplinks.put(node, bytesPerSecond);
    }

    /**
     * Takes how far apart the first and the last bytes of a message came in: the rate of what was narrowest on their way.
     *
     * @param bytes of more than one packet, above 0
     * @param tookNanos above 0
     */
    public void tookIn(NodeId peer, long bytes, long tookNanos, long nowNanos) {
        arrivals.observe(peer, bytes / (tookNanos / NANOS_PER_SECOND));
        latestNanos = nowNanos;
    }

    @Override
    public long uplinkNanos(NodeId node, long bytes) {
        return (long) (bytes / uplinks.getOrDefault(node, Double.POSITIVE_INFINITY) * NANOS_PER_SECOND);
    }

    /** Of what comes here what came before counts; of other links what is known of their bandwidth, else what is usual here. */
    @Override
    public long transferNanos(NodeId from, NodeId to, long bytes, RandomGenerator random) {
        if (from.equals(to)) {
            return 0;
        }
        Figure rate = arrivals.bytesPerSecond(from)
                .filter(known -> plane.isOwn(to))
                .orElseGet(() -> {
                    Figure known = plane.bandwidthBytesPerSecond(from, to, latestNanos);
                    return known.isKnown() ? known : arrivals.usualBytesPerSecond();
                });
        if (!Double.isFinite(rate.value())) {
            return 0;
        }
        double halfWidth = Math.min(rate.spread(), rate.value() / 2);
        return (long) (bytes / (rate.value() + halfWidth * (2 * random.nextDouble() - 1)) * NANOS_PER_SECOND);
    }

    @Override
    public long serviceNanos(NodeId node) {
        return serviceNanos.getOrDefault(node, 0L);
    }

    /** The connection to a peer is broken. What is known of the link stays, and ages: it is the best there is. */
    public void connectionBroke(NodeId peer) {
        plane.measured(peer).ifPresent(MeasuredLink::connectionBroke);
    }

    @Override
    public long sampleNanos(NodeId from, NodeId to, RandomGenerator random) {
        if (from.equals(to)) {
            return 0;
        }
        long nowNanos = latestNanos;
        Figure latency = plane.latencyNanos(from, to, nowNanos);
        double spreadNanos = latency.isKnown()
                ? latency.spread()
                : plane.typicalRoundTrip(nowNanos).meanSpreadNanos() / 2;
        // An old figure's spread may exceed it; nothing takes no time, and delays are not to be longer on average for
        // it.
        double halfWidthNanos = Math.min(spreadNanos, latency.value());
        long delayNanos = (long) (latency.value() + halfWidthNanos * (2 * random.nextDouble() - 1));
        return delayNanos + lostNanos(plane.lossProbability(from, to, nowNanos), latency, random);
    }

    /**
     * What losses on the way cost, as {@link LinkSampler#deliveryNanos} has it. A loss that is smaller than its own deviation says only
     * that little was sent: nothing is drawn then.
     */
    private static long lostNanos(Figure loss, Figure latency, RandomGenerator random) {
        if (!loss.isKnown() || loss.value() <= loss.spread()) {
            return 0;
        }
        long onceNanos = Math.max(LinkSampler.RETRANSMISSION_NANOS, (long) (2 * latency.value()));
        long lostNanos = 0;
        for (int tries = 0; tries < MOST_RETRANSMISSIONS && random.nextDouble() < loss.value(); tries++) {
            lostNanos += onceNanos;
        }
        return lostNanos;
    }

    @Override
    public OptionalDouble figure(NodeId from, NodeId to, LinkFigure figure) {
        long nowNanos = latestNanos;
        Figure known = switch (figure) {
            case RTT -> plane.latencyNanos(from, to, nowNanos).scaled(2 / NANOS_PER_MILLISECOND);
            case BANDWIDTH ->
                plane.bandwidthBytesPerSecond(from, to, nowNanos).scaled(BITS_PER_BYTE / BITS_PER_MEGABIT);
            case LOSS -> plane.lossProbability(from, to, nowNanos);
        };
        return from.equals(to) || !known.isKnown() || !Double.isFinite(known.value())
                ? OptionalDouble.empty()
                : OptionalDouble.of(known.value());
    }

    @Override
    public OptionalDouble provided(NodeId from, NodeId to, String figure) {
        return plane.provided(figure, from, to, latestNanos).stream()
                .mapToDouble(Figure::value)
                .findFirst();
    }
}
