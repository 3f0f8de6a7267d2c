package dev.foresail.network.provider;

import dev.foresail.network.measure.Figure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A provider that keeps what was fetched last, until it is too old. Whoever fetches hands it over on any thread.
 *
 * @param <P> names an endpoint
 */
public final class KeptFacts<P> implements LinkProvider<P> {
    /** Of a round trip that somebody else has measured at some time: nobody says how far single ones lie from it. */
    private static final double SPREAD_SHARE = 0.25;

    private final List<String> figures;
    private final long maximumAgeNanos;
    private volatile Optional<Kept<P>> kept = Optional.empty();

    private record Kept<P>(LinkFacts<P> facts, long atNanos) {}

    /**
     * @param figures what the facts are asked for
     * @param maximumAgeNanos facts that are older are not used; {@link Long#MAX_VALUE} when they never become too old
     */
    public KeptFacts(List<String> figures, long maximumAgeNanos) {
        this.figures = List.copyOf(figures);
        this.maximumAgeNanos = maximumAgeNanos;
    }

    /** From now on these facts count. */
    public void keep(LinkFacts<P> facts, long nowNanos) {
        kept = Optional.of(new Kept<>(facts, nowNanos));
    }

    @Override
    public List<String> figures() {
        return figures;
    }

    @Override
    public Figure figure(String figure, P from, P to, long nowNanos) {
        Optional<Kept<P>> now = kept;
        if (now.isEmpty()) {
            return Figure.assumed(0);
        }
        // Readers may have looked at their clock before the facts came.
        long ageNanos = StrictMath.max(0, nowNanos - now.get().atNanos());
        OptionalDouble value = ageNanos > maximumAgeNanos
                ? OptionalDouble.empty()
                : now.get().facts().of(figure, from, to);
        return value.isPresent()
                ? new Figure(value.getAsDouble(), StrictMath.abs(value.getAsDouble()) * SPREAD_SHARE, 1, ageNanos)
                : Figure.assumed(0);
    }
}
