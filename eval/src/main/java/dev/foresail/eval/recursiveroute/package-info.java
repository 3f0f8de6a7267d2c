/**
 * Messages over several hops of which the origin hears the outcome, over any key-based routing: {@link dev.foresail.eval.recursiveroute.RecursiveRoute}, {@link
 * dev.foresail.eval.recursiveroute.Dispatches} above it, and {@link dev.foresail.eval.recursiveroute.StaticRing} below it for searches.
 */
package dev.foresail.eval.recursiveroute;
