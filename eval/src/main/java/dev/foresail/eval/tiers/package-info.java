/**
 * Requests that go through brokers to servers which front ends do not know: {@link dev.foresail.eval.tiers.Tiers} with servers that are
 * imagined from what their brokers tell of them, {@link dev.foresail.eval.tiers.PlainTiers} without, and the experiment that compares them,
 * {@link dev.foresail.eval.tiers.TiersLateness}.
 */
package dev.foresail.eval.tiers;
