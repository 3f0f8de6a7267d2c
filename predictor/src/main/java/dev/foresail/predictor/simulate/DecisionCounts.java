package dev.foresail.predictor.simulate;

import dev.foresail.predictor.node.Decision;

/** How choices were decided. */
public record DecisionCounts(long predicted, long cached, long fallback) {
    public static final DecisionCounts NONE = new DecisionCounts(0, 0, 0);

    public DecisionCounts plus(Decision.Source source) {
        return switch (source) {
            case PREDICTED -> new DecisionCounts(predicted + 1, cached, fallback);
            case CACHED -> new DecisionCounts(predicted, cached + 1, fallback);
            case FALLBACK -> new DecisionCounts(predicted, cached, fallback + 1);
        };
    }

    public DecisionCounts plus(DecisionCounts other) {
        return new DecisionCounts(predicted + other.predicted, cached + other.cached, fallback + other.fallback);
    }

    public long total() {
        return predicted + cached + fallback;
    }
}
