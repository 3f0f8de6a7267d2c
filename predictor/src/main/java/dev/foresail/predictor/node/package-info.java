/**
 * A node whatever carries it: state, channels, the ledger of aggregates, checkpoints, and the way from an event to the
 * handler that runs. The simulator and the live node host the same {@link dev.foresail.predictor.node.NodeRuntime}.
 *
 * <p>Reading order: {@link dev.foresail.predictor.node.NodeRuntime}, {@link dev.foresail.predictor.node.Host},
 * {@link dev.foresail.predictor.node.Envelope}, {@link dev.foresail.predictor.node.Channel},
 * {@link dev.foresail.predictor.node.LedgerRule}, {@link dev.foresail.predictor.node.CheckpointKeeper}.
 */
package dev.foresail.predictor.node;
