package dev.foresail.network.model;

import dev.foresail.network.measure.Figure;

/**
 * What is believed of the link from one endpoint to another. Always answers: with a measurement, or with a stated default
 * that says so ({@link Figure#isKnown}).
 *
 * @param <P> names an endpoint
 */
public interface NetworkModel<P> {
    /** One-way latency in nanoseconds, at least 0; 0 from an endpoint to itself. */
    Figure latencyNanos(P from, P to, long nowNanos);

    /** Bandwidth in bytes per second, above 0; infinite means unlimited or not known to be limited. */
    Figure bandwidthBytesPerSecond(P from, P to, long nowNanos);

    /** Probability in [0,1) that one message is lost. */
    Figure lossProbability(P from, P to, long nowNanos);
}
