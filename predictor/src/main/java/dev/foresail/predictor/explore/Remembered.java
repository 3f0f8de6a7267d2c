package dev.foresail.predictor.explore;

/**
 * A value of the history. Interned, immutable.
 *
 * @param violated a bit per property of histories that it violates, by its place among all properties
 */
record Remembered(int id, Object value, Content content, long violated) {}
