package dev.foresail.network.plane;

import dev.foresail.network.measure.Figure;
import java.util.Optional;

/**
 * Estimates of pairs that nobody has measured, such as by coordinates. Thread-safe, and quick: it is asked by predictions.
 *
 * @param <P> names an endpoint
 */
@FunctionalInterface
public interface PairEstimates<P> {
    /** The round trip between two different endpoints in nanoseconds, above 0; empty when nothing is known of one of them. */
    Optional<Figure> roundTripNanos(P one, P other, long nowNanos);

    /** Knows nothing. */
    static <P> PairEstimates<P> none() {
        return (one, other, nowNanos) -> Optional.empty();
    }
}
