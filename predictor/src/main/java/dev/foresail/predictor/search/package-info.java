/**
 * Searches through the worlds of a {@link dev.foresail.predictor.model.SystemModel}: what is looked for and how far
 * ({@link dev.foresail.predictor.search.SearchSettings}), and what was found
 * ({@link dev.foresail.predictor.search.SearchReport}).
 */
package dev.foresail.predictor.search;
