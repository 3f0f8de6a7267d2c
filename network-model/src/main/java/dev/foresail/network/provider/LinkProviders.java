package dev.foresail.network.provider;

import dev.foresail.network.measure.Figure;
import java.util.List;
import java.util.Optional;

/**
 * Several providers, in the order in which they are believed: of each link and figure the first counts that knows it. What cannot be, such as a
 * negative round trip, counts as not known, and so does what a provider throws over. Immutable, thread-safe as its providers are.
 *
 * @param <P> names an endpoint
 */
public final class LinkProviders<P> {
    private static final LinkProviders<?> NONE = new LinkProviders<>(List.of());

    private final List<LinkProvider<P>> providers;

    public LinkProviders(List<? extends LinkProvider<P>> providers) {
        this.providers = List.copyOf(providers);
    }

    /** Knows nothing. */
    @SuppressWarnings("unchecked")
    public static <P> LinkProviders<P> none() {
        return (LinkProviders<P>) NONE;
    }

    /** What is known of a figure of a link, in the figure's unit; empty when nothing is. */
    public Optional<Figure> figure(String figure, P from, P to, long nowNanos) {
        for (LinkProvider<P> provider : providers) {
            Optional<Figure> told = told(provider, figure, from, to, nowNanos);
            if (told.isPresent()) {
                return told;
            }
        }
        return Optional.empty();
    }

    private static <P> Optional<Figure> told(LinkProvider<P> provider, String figure, P from, P to, long nowNanos) {
        try {
            if (!provider.figures().contains(figure)) {
                return Optional.empty();
            }
            Figure told = provider.figure(figure, from, to, nowNanos);
            return told.isKnown() && canBe(figure, told.value()) ? Optional.of(told) : Optional.empty();
        } catch (RuntimeException failed) {
            // Who asks is in the middle of a handler or of a prediction, which must not end over code from outside.
            return Optional.empty();
        }
    }

    private static boolean canBe(String figure, double value) {
        return switch (figure) {
            case LinkProvider.RTT -> value >= 0 && Double.isFinite(value);
            case LinkProvider.BANDWIDTH -> value > 0;
            case LinkProvider.LOSS -> value >= 0 && value < 1;
            default -> Double.isFinite(value);
        };
    }
}
