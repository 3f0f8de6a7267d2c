/**
 * How fast worlds are explored and what one costs. Reading order: {@link dev.foresail.eval.explorer.ExplorerSpeed},
 * {@link dev.foresail.eval.explorer.TwoPhaseSpeed}, {@link dev.foresail.eval.explorer.WholeChecks}.
 */
package dev.foresail.eval.explorer;
