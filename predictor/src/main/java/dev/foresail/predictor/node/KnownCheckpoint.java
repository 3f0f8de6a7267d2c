package dev.foresail.predictor.node;

/**
 * The last checkpoint of a neighbour that a node knows.
 *
 * @param ageNanos how old it is, at least 0
 */
public record KnownCheckpoint<S>(Checkpoint<S> checkpoint, long ageNanos) {}
