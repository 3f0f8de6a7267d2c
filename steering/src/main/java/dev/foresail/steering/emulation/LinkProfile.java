package dev.foresail.steering.emulation;

import dev.foresail.network.topology.Topology;

/**
 * How one direction of a link behaves.
 *
 * @param latencyNanos one way, at least 0
 * @param roundTripNanos there and back
 * @param bytesPerSecond infinite when not limited
 * @param lossProbability of one frame, in [0, 1); a loss costs a retransmission
 * @param jitterShare the mean of the exponential jitter, as a share of the delay
 */
public record LinkProfile(
        long latencyNanos, long roundTripNanos, double bytesPerSecond, double lossProbability, double jitterShare) {
    /** The simulator's jitter. */
    static final double JITTER_SHARE = 0.01;

    public LinkProfile {
        if (latencyNanos < 0 || !(bytesPerSecond > 0) || !(lossProbability >= 0 && lossProbability < 1)) {
            throw new IllegalArgumentException("no link has latency " + latencyNanos + " ns, " + bytesPerSecond
                    + " bytes per second and loss " + lossProbability);
        }
    }

    /** The link between two endpoints of a topology. */
    public static LinkProfile of(Topology topology, int from, int to) {
        return new LinkProfile(
                topology.latencyNanos(from, to),
                topology.latencyNanos(from, to) + topology.latencyNanos(to, from),
                topology.bandwidthBytesPerSecond(from, to),
                topology.lossProbability(from, to),
                JITTER_SHARE);
    }
}
