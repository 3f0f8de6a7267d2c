/**
 * What it costs that a node is made of layers: one message through a stack of four and through one protocol that does the same. Reading order:
 * {@link dev.foresail.eval.layercost.LayerCost}, {@link dev.foresail.eval.layercost.LayeredMessageBenchmark},
 * {@link dev.foresail.eval.layercost.Undivided}.
 */
package dev.foresail.eval.layercost;
