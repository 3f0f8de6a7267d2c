/**
 * How deep the trees get: RandTree's variants on the same seeds in the simulator. Reading order:
 * {@link dev.foresail.eval.randtree.RandTreeDepth}, {@link dev.foresail.eval.randtree.DepthFigures},
 * {@link dev.foresail.eval.randtree.DepthBars}.
 */
package dev.foresail.eval.randtree;
