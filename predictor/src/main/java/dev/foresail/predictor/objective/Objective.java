package dev.foresail.predictor.objective;

import dev.foresail.predictor.objective.language.Expression;
import dev.foresail.predictor.objective.language.ExpressionParser;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What choices are to make best. Immutable.
 *
 * @param terms in order of priority: a later term decides only where the earlier ones tell nothing apart
 * @param horizon how far roll-outs look ahead, in the time of the network model
 * @param provided figures of links that {@linkplain dev.foresail.network.provider.LinkProvider providers} tell and terms may name, in any order
 * @param futures what roll-outs play until the horizon
 */
public record Objective(List<Goal> terms, Duration horizon, List<String> provided, Futures futures) {
    public Objective {
        terms = List.copyOf(terms);
        provided = List.copyOf(provided);
        if (horizon.isNegative() || horizon.isZero()) {
            throw new IllegalArgumentException("the horizon is above zero, not " + horizon);
        }
    }

    /** With whole futures. */
    public Objective(List<Goal> terms, Duration horizon, List<String> provided) {
        this(terms, horizon, provided, Futures.WHOLE);
    }

    /** Without figures of providers, with whole futures. */
    public Objective(List<? extends Goal> terms, Duration horizon) {
        this(List.copyOf(terms), horizon, List.of());
    }

    /** The same, of which roll-outs play that much. */
    public Objective with(Futures played) {
        return new Objective(terms, horizon, provided, played);
    }

    /** An objective with one metric that is to be small. */
    public static Objective minimize(String metric, Duration horizon) {
        return new Objective(List.of(new Term(new TreeMap<>(java.util.Map.of(metric, 1.0)))), horizon);
    }

    /** What roll-outs play until the horizon. */
    public enum Futures {
        /** All that known nodes do: what is in flight, their timers, what their applications ask for, and what follows. */
        WHOLE("whole"),
        /**
         * What follows from the choice alone, as consequence prediction follows it (CrystalBall, NSDI 2009): what its handler sends, the timers that it sets, and so
         * on. Cheap, as most that happens in a neighbourhood has nothing to do with a choice; blind to what a choice meets on its way, such as queues
         * that others fill, what is ahead on a channel, and timers that are armed already.
         */
        CONSEQUENCES("consequences");

        private final String label;

        Futures(String label) {
            this.label = label;
        }

        /** The name in YAML. */
        public String label() {
            return label;
        }
    }

    /** One of the terms. */
    public sealed interface Goal {
        /** For people. */
        String text();
    }

    /**
     * A weighted sum of metrics that is to be small. The metrics count as plain numbers, whatever their units.
     *
     * @param weights metric to weight; a negative weight makes a metric large
     */
    public record Term(SortedMap<String, Double> weights) implements Goal {
        public Term {
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        }

        @Override
        public String text() {
            return weights.entrySet().stream()
                    .map(weight -> (weight.getValue() == 1 ? "" : weight.getValue() + " * ") + weight.getKey())
                    .collect(Collectors.joining(" + "));
        }
    }

    /** An expression, and what is to become of it. */
    public record Formula(Wanted wanted, Expression expression) implements Goal {
        @Override
        public String text() {
            return expression.text();
        }

        /**
         * A goal as operators write it, such as {@code p95(latency) < 50ms} behind {@link Wanted#SUBJECT_TO}.
         *
         * @throws dev.foresail.predictor.objective.language.ExpressionSyntaxException FS454 when it cannot be understood
         */
        public static Formula parse(Wanted wanted, String text) {
            return new Formula(
                    wanted,
                    wanted == Wanted.SUBJECT_TO ? ExpressionParser.constraint(text) : ExpressionParser.value(text));
        }
    }

    /** What is to become of an expression. */
    public enum Wanted {
        MINIMIZE("minimize"),
        MAXIMIZE("maximize"),
        /** Met, or missed by as little as can be. */
        SUBJECT_TO("subject to");

        private final String label;

        Wanted(String label) {
            this.label = label;
        }

        /** The name in YAML. */
        public String label() {
            return label;
        }
    }
}
