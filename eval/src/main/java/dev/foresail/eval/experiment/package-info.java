/**
 * What experiments have in common: {@link dev.foresail.eval.experiment.Bars} that figures are held against,
 * {@link dev.foresail.eval.experiment.Distribution}s, {@link dev.foresail.eval.experiment.ParallelRuns} of simulations, and
 * {@link dev.foresail.eval.experiment.SearchRuns} that take the time of searches.
 */
package dev.foresail.eval.experiment;
