package dev.foresail.predictor.objective;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What choices are to make best. Immutable.
 *
 * @param terms in order of priority: a later term decides only where the earlier ones tell nothing apart
 * @param horizon how far roll-outs look ahead, in the time of the network model
 */
public record Objective(List<Term> terms, Duration horizon) {
    public Objective {
        terms = List.copyOf(terms);
        if (horizon.isNegative() || horizon.isZero()) {
            throw new IllegalArgumentException("the horizon is above zero, not " + horizon);
        }
    }

    /** An objective with one metric that is to be small. */
    public static Objective minimize(String metric, Duration horizon) {
        return new Objective(List.of(new Term(new TreeMap<>(java.util.Map.of(metric, 1.0)))), horizon);
    }

    /**
     * A weighted sum of metrics that is to be small.
     *
     * @param weights metric to weight; a negative weight makes a metric large
     */
    public record Term(SortedMap<String, Double> weights) {
        public Term {
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        }
    }
}
