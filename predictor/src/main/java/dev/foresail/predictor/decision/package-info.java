/**
 * Decisions kept to be read back: {@link dev.foresail.predictor.decision.DecisionRecorder} follows a simulation,
 * {@link dev.foresail.predictor.decision.DecisionFile} writes and reads what it has seen, and
 * {@link dev.foresail.predictor.decision.DecisionFigures} sums it up.
 */
package dev.foresail.predictor.decision;
