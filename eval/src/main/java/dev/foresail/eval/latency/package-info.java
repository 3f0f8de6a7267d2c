/**
 * How long a choice keeps its event waiting where the values of its alternatives are known: measured inside live nodes.
 * Reading order: {@link dev.foresail.eval.latency.ChoiceLatency}, {@link dev.foresail.eval.latency.Deployment},
 * {@link dev.foresail.eval.latency.Dispatching}.
 */
package dev.foresail.eval.latency;
