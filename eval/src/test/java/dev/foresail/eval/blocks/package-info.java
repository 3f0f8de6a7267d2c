/** Tests of {@link dev.foresail.eval.blocks.BlockDistribution}. */
package dev.foresail.eval.blocks;
