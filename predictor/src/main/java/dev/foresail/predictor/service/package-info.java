/**
 * Choices in code that is no protocol: {@link dev.foresail.predictor.service.Choices#choose} picks one of several servers, or
 * whatever else answers requests, and learns from what is reported back. {@link dev.foresail.predictor.service.OutcomeHistory}
 * keeps what came out, {@link dev.foresail.predictor.service.Forecaster} foresees what a request would meet at each candidate,
 * {@link dev.foresail.predictor.service.ServiceObjective} says what is best. No threads and no clock of its own.
 */
@org.jspecify.annotations.NullMarked
package dev.foresail.predictor.service;
