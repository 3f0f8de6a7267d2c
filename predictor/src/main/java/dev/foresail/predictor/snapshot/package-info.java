/**
 * The state of a deployment as a place to begin: {@link dev.foresail.predictor.snapshot.SystemSnapshot} is a set of
 * checkpoints, {@link dev.foresail.predictor.snapshot.SnapshotFile} keeps it,
 * {@link dev.foresail.predictor.snapshot.SnapshotModel} makes a model for the explorer of it.
 */
package dev.foresail.predictor.snapshot;
