package dev.foresail.predictor.node;

import java.util.List;

/** A resolver's answer. */
public sealed interface Resolution {
    /**
     * The alternative {@code index} is taken.
     *
     * @param values the predicted values of the alternatives, empty when nothing was predicted
     * @param evidenceAgeNanos the age of the oldest checkpoint the values rest on
     * @param basis what else is known of what they rest on
     * @param explored whether another alternative is taken than the best, to learn what comes of it
     */
    record Decided(
            int index,
            Decision.Source source,
            List<Decision.Value> values,
            long evidenceAgeNanos,
            Basis basis,
            boolean explored)
            implements Resolution {
        public Decided {
            values = List.copyOf(values);
        }

        /** Of the alternative that the values say is best. */
        public Decided(
                int index, Decision.Source source, List<Decision.Value> values, long evidenceAgeNanos, Basis basis) {
            this(index, source, values, evidenceAgeNanos, basis, false);
        }

        /** With nothing more known of what the values rest on. */
        public Decided(int index, Decision.Source source, List<Decision.Value> values, long evidenceAgeNanos) {
            this(index, source, values, evidenceAgeNanos, Basis.NONE);
        }

        /** A decision of a policy that predicts nothing. */
        public static Decided byPolicy(int index) {
            return new Decided(index, Decision.Source.FALLBACK, List.of(), 0);
        }
    }

    /** The resolver will call {@code ChoiceContext.resume}; until then, or for at most `await`, the event is parked. */
    record Waiting() implements Resolution {}
}
