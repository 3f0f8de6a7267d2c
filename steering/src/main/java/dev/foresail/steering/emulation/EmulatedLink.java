package dev.foresail.steering.emulation;

import dev.foresail.network.topology.LinkSampler;
import dev.foresail.network.topology.Topology;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One direction of a link of a topology, and where the topology has queues the accesses at its ends; its draws and its queues are those of the simulator. Used by one connection, on its event loop.
 */
public final class EmulatedLink {
    /** Of TCP, IP and a frame; what messages weigh is counted where there are queues only, as in simulations. */
    private static final int HEADER_BYTES = 64;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Topology topology;
    private final EmulatedAccesses accesses;
    private final LinkSampler sampler;
    private final int from;
    private final int to;
    private final RandomGenerator random;
    private final LongSupplier sinceBeginning;

    /**
     * The link between two endpoints.
     *
     * @param accesses of all endpoints, on the clock of the connections' event loops
     * @param random draws of losses and jitter
     * @param sinceBeginning what time it is for the topology, in nanoseconds
     */
    EmulatedLink(
            Topology topology,
            EmulatedAccesses accesses,
            int from,
            int to,
            RandomGenerator random,
            LongSupplier sinceBeginning) {
        this.topology = topology;
        this.accesses = accesses;
        this.sampler = new LinkSampler(topology);
        this.from = from;
        this.to = to;
        this.random = random;
        this.sinceBeginning = sinceBeginning;
    }

    /** How long until nothing passes, by the script of the topology; 0 when that is so now, empty when it never will be. */
    OptionalLong failsInNanos() {
        long now = sinceBeginning.getAsLong();
        return topology.failures().stream()
                .filter(failure -> failure.isBetween(from, to) && now < failure.untilNanos())
                .mapToLong(failure -> Math.max(0, failure.fromNanos() - now))
                .min();
    }

    long roundTripNanos() {
        return topology.roundTripNanos(from, to, sinceBeginning.getAsLong());
    }

    /** How many bytes are travelling when the link is full; 0 when its rate is unlimited. */
    long travellingBytes() {
        long now = sinceBeginning.getAsLong();
        double bytesPerSecond = topology.bandwidthBytesPerSecond(from, to, now);
        return Double.isInfinite(bytesPerSecond)
                ? 0
                : (long) (bytesPerSecond * topology.latencyNanos(from, to, now) / 1e9);
    }

    /** When the link can begin with a frame that is written now: its end may still be in the sender's access, as its packets go on one by one. */
    long readyNanos(long nowNanos, int bytes) {
        if (!topology.hasQueues()) {
            return nowNanos;
        }
        long takesNanos = nanos(bytes, topology.uplinkBytesPerSecond(from, sinceBeginning.getAsLong()));
        return accesses.outNanos(from, nowNanos, takesNanos) - Math.min(takesNanos, transferNanos(bytes));
    }

    /** How long the bytes occupy the link. */
    long transferNanos(int bytes) {
        int weight = topology.hasQueues() ? HEADER_BYTES + bytes : bytes;
        return (long) sampler.transferNanos(from, to, weight, sinceBeginning.getAsLong());
    }

    /** How much sooner a frame comes to the receiver's access than its end. */
    long aheadNanos(int bytes) {
        return topology.hasQueues() ? Math.min(transferNanos(bytes), downlinkNanos(bytes)) : 0;
    }

    /** How long a datagram takes; empty when it is lost. */
    OptionalLong datagramNanos() {
        long now = sinceBeginning.getAsLong();
        return sampler.isLost(from, to, now, random)
                ? OptionalLong.empty()
                : OptionalLong.of(sampler.delayNanos(from, to, 0, now, random));
    }

    /** How long a frame takes that has left, with its losses. */
    long delayNanos() {
        return sampler.deliveryNanos(from, to, 0, sinceBeginning.getAsLong(), random);
    }

    /** When the end of a frame is there that comes to the receiver's access then. */
    long inNanos(long comesNanos, int bytes) {
        return topology.hasQueues() ? accesses.inNanos(to, comesNanos, downlinkNanos(bytes)) : comesNanos;
    }

    private long downlinkNanos(int bytes) {
        return nanos(bytes, topology.downlinkBytesPerSecond(to, sinceBeginning.getAsLong()));
    }

    private static long nanos(int bytes, double bytesPerSecond) {
        return (long) ((HEADER_BYTES + bytes) / bytesPerSecond * NANOS_PER_SECOND);
    }
}
