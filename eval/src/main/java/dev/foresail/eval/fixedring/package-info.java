/**
 * Lookups over fingers, for simulations of very many nodes whose figures are hops and latencies: {@link dev.foresail.eval.fixedring.FixedRing}.
 */
package dev.foresail.eval.fixedring;
