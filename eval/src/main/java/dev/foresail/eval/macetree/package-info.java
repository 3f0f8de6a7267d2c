/**
 * RandTree handler by handler as in the Mace source, its known bugs included: what the explorer's counts and the finding
 * of bugs are checked with. The RandTree to be used is that of {@code dev.foresail.randtree}.
 *
 * <p>Reading order: {@link dev.foresail.eval.macetree.MaceMessages}, {@link dev.foresail.eval.macetree.MaceRandTree},
 * {@link dev.foresail.eval.macetree.MaceTreeScenario}, {@link dev.foresail.eval.macetree.MaceSnapshot}.
 */
package dev.foresail.eval.macetree;
