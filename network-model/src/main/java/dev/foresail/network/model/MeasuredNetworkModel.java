package dev.foresail.network.model;

import dev.foresail.network.measure.Figure;
import dev.foresail.network.measure.PeerMeasurements;
import java.util.Optional;

/**
 * Knows what one node has measured of its own links. Latency is half the smoothed round trip, in both directions. For a pair
 * that was never measured (so every pair without this node) it is half the median of the measured round trips, and 50 ms when
 * there are none; bandwidth is then unlimited and loss 0. Such answers are marked as assumed.
 *
 * <p>Thread rule: that of the {@link PeerMeasurements} it reads.
 *
 * @param <P> names an endpoint; needs equals and hashCode
 */
public final class MeasuredNetworkModel<P> implements NetworkModel<P> {
    /** One-way latency assumed when nothing was measured at all, in nanoseconds. */
    public static final long DEFAULT_LATENCY_NANOS = 50_000_000L;

    private final P self;
    private final PeerMeasurements<P> measurements;

    /**
     * Creates the model of one node.
     *
     * @param self the node whose measurements these are
     * @param measurements read at each question, so that answers follow it
     */
    public MeasuredNetworkModel(P self, PeerMeasurements<P> measurements) {
        this.self = self;
        this.measurements = measurements;
    }

    @Override
    public Figure latencyNanos(P from, P to, long nowNanos) {
        if (from.equals(to)) {
            return Figure.exact(0);
        }
        return peer(from, to)
                .flatMap(peer -> measurements.roundTripNanos(peer, nowNanos))
                .map(roundTrip -> roundTrip.scaled(0.5))
                .orElseGet(() -> Figure.assumed(assumedLatencyNanos(nowNanos)));
    }

    private double assumedLatencyNanos(long nowNanos) {
        return measurements
                .medianRoundTripNanos(nowNanos)
                .map(median -> median / 2)
                .orElse((double) DEFAULT_LATENCY_NANOS);
    }

    @Override
    public Figure bandwidthBytesPerSecond(P from, P to, long nowNanos) {
        return from.equals(to) ? Figure.exact(Double.POSITIVE_INFINITY) : Figure.assumed(Double.POSITIVE_INFINITY);
    }

    @Override
    public Figure lossProbability(P from, P to, long nowNanos) {
        if (from.equals(to)) {
            return Figure.exact(0);
        }
        return peer(from, to)
                .flatMap(peer -> measurements.lossProbability(peer, nowNanos))
                .orElseGet(() -> Figure.assumed(0));
    }

    private Optional<P> peer(P from, P to) {
        if (from.equals(self)) {
            return Optional.of(to);
        }
        return to.equals(self) ? Optional.of(from) : Optional.empty();
    }
}
