/**
 * What structured overlays have in common: the way to the node that is responsible for a key, {@link dev.foresail.eval.routing.Lookups} over it, and the scenario in
 * which an overlay grows and is asked.
 */
package dev.foresail.eval.routing;
