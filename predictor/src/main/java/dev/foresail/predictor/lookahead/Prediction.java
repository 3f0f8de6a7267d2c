package dev.foresail.predictor.lookahead;

/** What came of a prediction, and what it has cost. Immutable. */
public interface Prediction {
    /** How many roll-outs were run. */
    default int rollOuts() {
        return 0;
    }

    /** How many worlds were explored. */
    default long worlds() {
        return 0;
    }
}
