package dev.foresail.steering.emulation;

import dev.foresail.network.topology.LinkSampler;
import dev.foresail.network.topology.Topology;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** One direction of a link of a topology; its draws are those of the simulator. Used by one connection, on its event loop. */
public final class EmulatedLink {
    private final Topology topology;
    private final LinkSampler sampler;
    private final int from;
    private final int to;
    private final RandomGenerator random;
    private final LongSupplier sinceBeginning;

    /**
     * The link between two endpoints.
     *
     * @param random draws of losses and jitter
     * @param sinceBeginning what time it is for the topology, in nanoseconds
     */
    public EmulatedLink(Topology topology, int from, int to, RandomGenerator random, LongSupplier sinceBeginning) {
        this.topology = topology;
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

    /** How long the bytes occupy the link. */
    long transferNanos(int bytes) {
        return (long) sampler.transferNanos(from, to, bytes, sinceBeginning.getAsLong());
    }

    /** How long a frame takes that has left, with its losses. */
    long delayNanos() {
        return sampler.deliveryNanos(from, to, 0, sinceBeginning.getAsLong(), random);
    }
}
