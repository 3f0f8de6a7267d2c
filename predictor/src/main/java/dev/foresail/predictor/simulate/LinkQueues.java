package dev.foresail.predictor.simulate;

import dev.foresail.network.random.Hashing;
import dev.foresail.network.topology.Topology;
import java.util.HashMap;
import java.util.Map;

/**
 * What waits for what on a network with queues ({@link Topology#hasQueues}). Each uplink, link and downlink takes one message after the other,
 * in the order in which they come to it, at the rate of the moment when it begins with one. A message goes on while its end is still to come,
 * as its packets do: alone on its way it takes as long as its narrowest part alone would, and one that creeps over a slow link keeps
 * its receiver's downlink busy only as long as its bytes need there. Queues never overflow. Not thread-safe.
 */
final class LinkQueues<S> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Simulation<S> simulation;
    private final Topology topology;
    private final long[] uplinkFreeAtNanos;
    private final long[] downlinkFreeAtNanos;
    /** By both endpoints, mixed, for as many pairs as there are would else share few hash codes; only ever looked up. */
    private final Map<Long, Link> links = new HashMap<>();

    LinkQueues(Simulation<S> simulation) {
        this.simulation = simulation;
        this.topology = simulation.settings().topology();
        this.uplinkFreeAtNanos = new long[topology.size()];
        this.downlinkFreeAtNanos = new long[topology.size()];
    }

    private static final class Link {
        long freeAtNanos;
        /** When the latest message came to the downlink: none overtakes another on the same link. */
        long latestThroughNanos;
    }

    /** What the ends of a link have seen of a message on its way. */
    interface Carried {
        /**
         * The message is there.
         *
         * @param uplinkNanos how long its bytes took through the sender's access
         * @param narrowestNanos how long they took through what was narrowest on the way, so how far apart the first and the last came in
         */
        void arrived(long uplinkNanos, long narrowestNanos);
    }

    /**
     * Sends bytes from one node to another, now.
     *
     * @param delayNanos how long the first takes on an idle way
     * @param carried is told when the last is there
     */
    void carry(SimulatedNode<S> from, SimulatedNode<S> to, long bytes, long delayNanos, Carried carried) {
        long nowNanos = simulation.nowNanos();
        if (from == to) {
            long atNanos = Simulation.later(nowNanos, delayNanos);
            simulation.scheduleOutside(from, atNanos, () -> carried.arrived(0, 0));
            return;
        }
        long uplinkBegins = Math.max(nowNanos, uplinkFreeAtNanos[from.endpoint()]);
        long uplinkNanos = nanos(bytes, topology.uplinkBytesPerSecond(from.endpoint(), uplinkBegins));
        long uplinkEnds = Simulation.later(uplinkBegins, uplinkNanos);
        uplinkFreeAtNanos[from.endpoint()] = uplinkEnds;

        Link link =
                links.computeIfAbsent(Hashing.mix((long) from.endpoint() << 32 | to.endpoint()), added -> new Link());
        long linkNanos = nanos(bytes, topology.bandwidthBytesPerSecond(from.endpoint(), to.endpoint(), uplinkBegins));
        long readyNanos = Math.max(uplinkBegins, uplinkEnds - linkNanos);
        long linkBegins = Math.max(readyNanos, link.freeAtNanos);
        long linkEnds = Simulation.later(linkBegins, linkNanos);
        link.freeAtNanos = linkEnds;

        long downlinkNanos =
                nanos(bytes, topology.downlinkBytesPerSecond(to.endpoint(), Simulation.later(linkBegins, delayNanos)));
        long throughNanos = Simulation.later(Math.max(linkBegins, linkEnds - downlinkNanos), delayNanos);
        link.latestThroughNanos = Math.max(link.latestThroughNanos, throughNanos);
        simulation.scheduleOutside(
                from,
                link.latestThroughNanos,
                () -> takeIn(
                        from,
                        to,
                        downlinkNanos,
                        () -> carried.arrived(uplinkNanos, Math.max(uplinkNanos, Math.max(linkNanos, downlinkNanos)))));
    }

    private void takeIn(SimulatedNode<S> from, SimulatedNode<S> to, long downlinkNanos, Runnable arrived) {
        long beginsNanos = Math.max(simulation.nowNanos(), downlinkFreeAtNanos[to.endpoint()]);
        long endsNanos = Simulation.later(beginsNanos, downlinkNanos);
        downlinkFreeAtNanos[to.endpoint()] = endsNanos;
        simulation.scheduleOutside(from, endsNanos, arrived);
    }

    private static long nanos(long bytes, double bytesPerSecond) {
        return (long) (bytes / bytesPerSecond * NANOS_PER_SECOND);
    }
}
