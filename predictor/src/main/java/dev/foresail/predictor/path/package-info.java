/**
 * Causal paths, what follows from a declared event from node to node: {@link dev.foresail.predictor.path.PathRecorder} follows them at a node,
 * {@link dev.foresail.predictor.path.CausalPath} puts together what the nodes have told, {@link dev.foresail.predictor.path.Expectations} compares it with what the author expects, and
 * {@link dev.foresail.predictor.path.PathFile} and {@link dev.foresail.predictor.path.OpenTelemetryFile} write it.
 */
package dev.foresail.predictor.path;
