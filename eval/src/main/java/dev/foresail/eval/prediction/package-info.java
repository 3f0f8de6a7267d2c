/**
 * How deep a prediction gets in a second: consequence prediction from the states of a deployed RandTree while half of it
 * rejoins. Reading order: {@link dev.foresail.eval.prediction.PredictionDepth},
 * {@link dev.foresail.eval.prediction.RejoinRecording}, {@link dev.foresail.eval.prediction.Moment},
 * {@link dev.foresail.eval.prediction.Prediction}.
 */
package dev.foresail.eval.prediction;
