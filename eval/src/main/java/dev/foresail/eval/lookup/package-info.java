/**
 * Lookups over fingers, for simulations of very many nodes whose figures are hops and latencies: {@link dev.foresail.eval.lookup.Lookup}.
 */
package dev.foresail.eval.lookup;
