package dev.foresail.predictor.service;

import java.util.List;

/**
 * A choice of a service, with its reasons. Immutable.
 *
 * @param number counts the decisions of this choice from 1
 * @param atNanos when, by the clock of {@link Choices}
 * @param candidates in the order given, without those that stood there twice
 * @param forecasts what was foreseen of each
 * @param costs by objective in the order of their priority, and of each by candidate, the lower the better; NaN where one could
 *     not tell
 * @param chosen the index of what was taken
 * @param source who decided
 */
public record ServiceDecision(
        long number,
        long atNanos,
        List<?> candidates,
        List<Forecast> forecasts,
        List<List<Double>> costs,
        int chosen,
        Source source) {
    public ServiceDecision {
        candidates = List.copyOf(candidates);
        forecasts = List.copyOf(forecasts);
        costs = List.copyOf(costs);
    }

    /** Who decided. */
    public enum Source {
        /** The forecasts: it is the best, or one of several that are the same. */
        PREDICTED,
        /** It is not the best, but nobody knows how it does by now. */
        EXPLORED,
        /** The objective could tell of none, so one was drawn. */
        FALLBACK
    }
}
