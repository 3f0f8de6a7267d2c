/**
 * Lookups while nodes come and go: {@link dev.foresail.eval.churn.GroupLookups} over an overlay, {@link dev.foresail.eval.churn.ChurnScenario} in which groups agree on roots or do not, and
 * {@code foresail eval bamboo-churn}, {@link dev.foresail.eval.churn.BambooChurn}, also with live nodes, {@link dev.foresail.eval.churn.LiveChurnRun}.
 */
package dev.foresail.eval.churn;
