package dev.foresail.predictor.decision;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * A decision as it can be read back: what a {@link Decision} holds, in texts and numbers. Immutable.
 *
 * @param node who has decided
 * @param number counts the node's decisions in the file from 1
 * @param atNanos when, by the clock of the simulation, or of the live node
 * @param values of each alternative; empty when nothing was predicted
 * @param chosen the index of what was taken
 * @param by who has decided
 * @param elapsedNanos from the first look at the event to the decision
 * @param waited whether the event was parked for it
 * @param evidence what the values rest on; empty when there are none, and when they were precomputed
 * @param outcome what became of it; empty when that is not known
 * @param explored whether another alternative was taken than the best, to learn what comes of it
 */
public record KeptDecision(
        NodeId node,
        long number,
        long atNanos,
        String choice,
        String event,
        List<String> alternatives,
        List<Decision.Value> values,
        int chosen,
        By by,
        long elapsedNanos,
        boolean waited,
        Optional<Evidence> evidence,
        Optional<Outcome> outcome,
        boolean explored) {
    /** Of the objective's terms, which begin with safety. */
    static final int FIRST_GOAL = Decision.Value.FIRST_GOAL;

    public KeptDecision {
        alternatives = List.copyOf(alternatives);
        values = List.copyOf(values);
    }

    /** Who decided. */
    public enum By {
        PREDICTED("predicted", "a prediction made for this event, which waited for it"),
        PRE_RESOLVED("pre-resolved", "a prediction made ahead, before the event came"),
        CACHED("cached", "values predicted for the same situation before"),
        PRECOMPUTED("precomputed", "values predicted in simulations before deployment, for situations that look alike"),
        POLICY("policy", "the author's fast policy: no prediction was to be had in time");

        private final String label;
        private final String words;

        By(String label, String words) {
            this.label = label;
            this.words = words;
        }

        /** As it stands in files. */
        public String label() {
            return label;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * What values rest on.
     *
     * @param oldestNanos the age of the oldest checkpoint at the decision
     * @param checkpointAgesNanos the age of each neighbour's checkpoint at the decision
     * @param isComplete whether every neighbour's state was known; where not, the values are provisional
     * @param unknownLinks candidates to which no round trip was known, so that it was drawn
     */
    public record Evidence(
            long oldestNanos,
            SortedMap<NodeId, Long> checkpointAgesNanos,
            boolean isComplete,
            List<NodeId> unknownLinks) {
        public Evidence {
            unknownLinks = List.copyOf(unknownLinks);
        }
    }

    /**
     * What became of a decision.
     *
     * @param horizonNanos after which it was looked at
     * @param goal the first of the objective's goals, for people
     * @param goals how many the objective has
     * @param cost what that goal came to in the node's sight; infinite when a safety property was violated, NaN when it cannot be told
     */
    public record Outcome(long horizonNanos, String goal, int goals, double cost) {
        /** Whether it is of what an objective asks first. */
        boolean isBy(Objective objective) {
            return horizonNanos == objective.horizon().toNanos() && goal.equals(firstGoal(objective));
        }

        /**
         * What an objective asks first, for people: costs of what is to be large have another sign than those of what is to be small, and predictions of
         * consequences alone err in another way.
         */
        static String firstGoal(Objective objective) {
            Objective.Goal first = objective.terms().get(0);
            boolean isMaximized =
                    first instanceof Objective.Formula formula && formula.wanted() == Objective.Wanted.MAXIMIZE;
            String goal = isMaximized ? Objective.Wanted.MAXIMIZE.label() + " " + first.text() : first.text();
            return objective.futures() == Objective.Futures.WHOLE
                    ? goal
                    : goal + ", by " + objective.futures().label();
        }
    }

    /** What it is called, such as {@code n5.12}. */
    public String id() {
        return id(node, number);
    }

    static String id(NodeId node, long number) {
        return node + "." + number;
    }

    /** The same with what became of it. */
    KeptDecision with(Outcome became) {
        return new KeptDecision(
                node,
                number,
                atNanos,
                choice,
                event,
                alternatives,
                values,
                chosen,
                by,
                elapsedNanos,
                waited,
                evidence,
                Optional.of(became),
                explored);
    }

    /** What was predicted of what was taken. */
    public Optional<Decision.Value> predicted() {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(chosen));
    }

    /**
     * How much more was paid than predicted. Empty when one of the two is not known, and when the value is not that of the first goal, as the outcome is: where
     * violated safety properties or a later goal made the difference, and where values were precomputed, which do not say what they are of.
     */
    public OptionalDouble error() {
        if (values.isEmpty() || outcome.isEmpty() || values.get(chosen).term() != FIRST_GOAL) {
            return OptionalDouble.empty();
        }
        double error = outcome.get().cost() - values.get(chosen).mean();
        return Double.isNaN(error) ? OptionalDouble.empty() : OptionalDouble.of(error);
    }

    /** What exploring has cost by what was predicted, as {@link Decision#predictedRegret}. */
    double predictedRegret() {
        return explored && !values.isEmpty() ? values.get(chosen).mean() - Decision.Value.least(values, chosen) : 0;
    }

    /** How much more was paid than was predicted of the best alternative; empty as {@link #error}. */
    OptionalDouble aboveLeast() {
        return error().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(outcome.orElseThrow().cost() - Decision.Value.least(values, chosen));
    }

    /** Whether the outcome lies in the interval that was stated; empty as {@link #error}. */
    public Optional<Boolean> isWithinInterval() {
        return error().isEmpty()
                ? Optional.empty()
                : Optional.of(PredictionInterval.of(values.get(chosen))
                        .contains(outcome.orElseThrow().cost()));
    }
}
