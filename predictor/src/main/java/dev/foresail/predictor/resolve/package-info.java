/**
 * Who makes the choices: {@link dev.foresail.predictor.resolve.PolicyResolver} by a rule,
 * {@link dev.foresail.predictor.resolve.PredictedResolver} by looking ahead, with a
 * {@link dev.foresail.predictor.resolve.ValueCache} over {@link dev.foresail.predictor.resolve.Features}.
 */
package dev.foresail.predictor.resolve;
