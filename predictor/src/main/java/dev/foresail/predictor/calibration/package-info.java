/**
 * How far off predictions were, and what is therefore stated of new ones: {@link dev.foresail.predictor.calibration.OutcomeWatch} looks at what
 * decisions have come to in the node's own picture, {@link dev.foresail.predictor.calibration.Experience} keeps it and makes intervals of it.
 */
package dev.foresail.predictor.calibration;
