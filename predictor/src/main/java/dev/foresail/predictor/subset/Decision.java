package dev.foresail.predictor.subset;

/**
 * That a candidate of a core is taken or left out.
 *
 * @param isForced whether nothing can be better the other way
 */
record Decision(int candidate, boolean isTaken, boolean isForced) {
    Decision opposite() {
        return new Decision(candidate, !isTaken, false);
    }
}
