/**
 * Worlds as rows of integers, and local transitions that are run once.
 *
 * <p>Everything about one node is interned: its {@link dev.foresail.predictor.explore.LocalState}, what is
 * {@link dev.foresail.predictor.explore.Pending} at it, and the pair of both, a
 * {@link dev.foresail.predictor.explore.Cell}. A world is one cell number per node (and one each for the failures left, the
 * history and the timing, where the model has them). What can happen at a node depends on its cell alone, so a cell knows its
 * {@link dev.foresail.predictor.explore.Move}s once they have been computed, and its handlers' outcomes are known to its
 * local state ({@link dev.foresail.predictor.explore.LocalRules}): a handler runs once per distinct local transition.
 * {@link dev.foresail.predictor.explore.WorldSpace} puts it together; searches walk over it.
 */
package dev.foresail.predictor.explore;
