package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast what peers send comes in. The latest message counts for half, as links change and a message takes long enough to
 * tell. Written by one thread, read by any.
 */
final class ArrivalRates {
    private static final double LATEST_WEIGHT = 0.5;

    private final Map<NodeId, Figure> rates = new ConcurrentHashMap<>();
    private volatile Figure usual = Figure.assumed(Double.POSITIVE_INFINITY);

    /** @param bytesPerSecond above 0, finite */
    void observe(NodeId peer, double bytesPerSecond) {
        rates.merge(peer, first(bytesPerSecond), (known, latest) -> smoothed(known, bytesPerSecond));
        usual = usual.isKnown() ? smoothed(usual, bytesPerSecond) : first(bytesPerSecond);
    }

    private static Figure first(double bytesPerSecond) {
        return new Figure(bytesPerSecond, 0, 1, 0);
    }

    private static Figure smoothed(Figure known, double latest) {
        double off = latest - known.value();
        return new Figure(
                known.value() + LATEST_WEIGHT * off,
                known.spread() + LATEST_WEIGHT * (StrictMath.abs(off) - known.spread()),
                known.samples() + 1,
                0);
    }

    /** What comes from a peer; the spread is the mean deviation. */
    Optional<Figure> bytesPerSecond(NodeId peer) {
        return Optional.ofNullable(rates.get(peer));
    }

    /** What comes from anybody; infinite, and not known, before anything came. */
    Figure usualBytesPerSecond() {
        return usual;
    }
}
