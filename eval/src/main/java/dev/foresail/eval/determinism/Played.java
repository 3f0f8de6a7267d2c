package dev.foresail.eval.determinism;

/**
 * A run, and how it was.
 *
 * @param digest of everything that has happened in it
 * @param workers how many shared it to its end
 * @param predicted how many choices were predicted
 */
record Played(String digest, int workers, long events, long predicted) {}
