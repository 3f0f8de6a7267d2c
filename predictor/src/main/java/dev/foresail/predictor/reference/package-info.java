/**
 * The semantics of {@link dev.foresail.predictor.model.SystemModel} written down as plainly as possible, by cloning: the
 * measure for the explorer's answers, and the baseline for its speed.
 *
 * <p>Reading order: {@link dev.foresail.predictor.reference.ReferenceWorld} is a world and its transitions,
 * {@code Occurrences} lists what can happen to a node, {@code FailureRules} adds the failures, {@code NodeStep} runs
 * handlers on a copy, {@code Decisions} enumerates what is decided in their course, {@code Draft} makes the next world;
 * {@link dev.foresail.predictor.reference.NaiveExplorer} searches.
 */
package dev.foresail.predictor.reference;
