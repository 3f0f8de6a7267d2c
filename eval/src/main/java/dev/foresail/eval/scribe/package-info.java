/**
 * Scribe (Castro, Druschel, Kermarrec, Rowstron: Scribe: a large-scale and decentralized application-level multicast infrastructure, JSAC 2002) over any
 * {@link dev.foresail.eval.routing.KeyRouting}: {@link dev.foresail.eval.scribe.Scribe}, which provides {@link dev.foresail.eval.scribe.GroupMulticast}. Simulated with
 * {@link dev.foresail.eval.scribe.ScribeScenario}, explored with {@link dev.foresail.eval.scribe.ScribeExploration}.
 */
package dev.foresail.eval.scribe;
