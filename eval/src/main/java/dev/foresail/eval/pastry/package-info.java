/**
 * Pastry (Rowstron, Druschel: Pastry: scalable, distributed object location and routing for large-scale peer-to-peer systems, Middleware 2001):
 * {@link dev.foresail.eval.pastry.Pastry}, whose state is a {@link dev.foresail.eval.pastry.LeafSet} and a
 * {@link dev.foresail.eval.pastry.RoutingTable}. Simulated with {@link dev.foresail.eval.pastry.PastryScenario}, explored with
 * {@link dev.foresail.eval.pastry.PastryExploration}.
 */
package dev.foresail.eval.pastry;
