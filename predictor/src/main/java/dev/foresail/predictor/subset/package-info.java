/**
 * Choosing k of n candidates so that a sum of their figures is best, under constraints. {@link
 * dev.foresail.predictor.subset.SubsetLanguage} reads what is wanted, {@link dev.foresail.predictor.subset.SubsetProblem} says it,
 * {@link dev.foresail.predictor.subset.SubsetSolver} solves it.
 */
package dev.foresail.predictor.subset;
