/**
 * What experiments have in common: {@link dev.foresail.eval.experiment.Bars} that figures are held against,
 * {@link dev.foresail.eval.experiment.Distribution}s, and {@link dev.foresail.eval.experiment.ParallelRuns}.
 */
package dev.foresail.eval.experiment;
