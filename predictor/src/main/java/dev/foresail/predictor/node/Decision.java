package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.HandlerDescription;
import java.util.List;

/**
 * A choice that was made, with its reasons. Holds references only; texts for people are made when somebody asks for them,
 * as a decision is on an event's critical path.
 *
 * @param number counts the node's decisions from 1
 * @param atNanos when, by the node's clock
 * @param handlers the protocol's handlers, which the options refer to
 * @param options the alternatives, in order
 * @param values the predicted value of each alternative; empty when a policy decided
 * @param chosen the index of what was taken
 * @param evidenceAgeNanos the age of the oldest checkpoint the values rest on
 * @param elapsedNanos from the first time the event was looked at to the decision, waiting included; in the simulator this
 *     is virtual time
 * @param waited whether the event was parked, so that a prediction could be made
 * @param basis what else is known of what the values rest on
 * @param explored whether another alternative was taken than the best, to learn what comes of it
 */
public record Decision(
        NodeId node,
        long number,
        long atNanos,
        String choice,
        Event event,
        List<HandlerDescription> handlers,
        List<Alternative> options,
        List<Value> values,
        int chosen,
        Source source,
        long evidenceAgeNanos,
        long elapsedNanos,
        boolean waited,
        Basis basis,
        boolean explored) {
    public Decision {
        handlers = List.copyOf(handlers);
        options = List.copyOf(options);
        values = List.copyOf(values);
    }

    /** What exploring has cost by what was predicted: how much more what was taken costs than the best; 0 where nothing was explored. */
    public double predictedRegret() {
        return explored ? values.get(chosen).mean() - Value.least(values, chosen) : 0;
    }

    /** The alternatives for people, in order. */
    public List<String> alternatives() {
        return options.stream()
                .map(option -> handlers.get(option.handler()).name() + option.bindings())
                .toList();
    }

    @Override
    public String toString() {
        return "Decision[" + node + " #" + number + " at " + atNanos + " ns: " + choice + " on " + event + ", "
                + alternatives() + " " + values + " -> " + chosen + ", " + source + ", evidence " + evidenceAgeNanos
                + " ns old, after " + elapsedNanos + " ns]";
    }

    /** Who decided. */
    public enum Source {
        /** A prediction made for this event. */
        PREDICTED,
        /** Values predicted earlier for the same features. */
        CACHED,
        /** The fast policy. */
        FALLBACK
    }

    /**
     * A predicted cost of an alternative, the lower the better.
     *
     * @param mean the mean over the roll-outs of the objective's first term that tells the alternatives apart
     * @param spread its standard deviation
     * @param rollOuts how many
     * @param term which term that is: 0 the violated safety properties, 1 the first goal, and so on; {@link #UNKNOWN_TERM} when it was not kept, or could not be
     *     predicted, so that the mean is only what it counts as
     * @param low the lower end of the interval that is to hold the outcome with a probability of 80 %, by the outcomes of earlier predictions; NaN
     *     where too few are known
     * @param high its upper end; NaN as {@code low}
     */
    public record Value(double mean, double spread, int rollOuts, int term, double low, double high) {
        public static final int UNKNOWN_TERM = -1;

        /** The term after safety. */
        public static final int FIRST_GOAL = 1;

        /**
         * What the best of some alternatives costs. One that was given up after fewer roll-outs than {@code taken} counts no more than it: its mean is of other
         * futures.
         */
        public static double least(List<Value> values, int taken) {
            double least = values.get(taken).mean();
            for (Value value : values) {
                if (value.rollOuts() >= values.get(taken).rollOuts()) {
                    least = Math.min(least, value.mean());
                }
            }
            return least;
        }

        /** Without an interval. */
        public Value(double mean, double spread, int rollOuts, int term) {
            this(mean, spread, rollOuts, term, Double.NaN, Double.NaN);
        }

        /** Of a term that was not kept. */
        public Value(double mean, double spread, int rollOuts) {
            this(mean, spread, rollOuts, UNKNOWN_TERM);
        }

        /** Whether outcomes of earlier predictions have given it an interval. */
        public boolean hasInterval() {
            return !Double.isNaN(low) && !Double.isNaN(high);
        }

        /** The same with an interval. */
        public Value within(double newLow, double newHigh) {
            return new Value(mean, spread, rollOuts, term, newLow, newHigh);
        }
    }
}
