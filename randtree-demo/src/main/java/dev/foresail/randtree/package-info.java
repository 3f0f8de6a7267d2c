/**
 * RandTree, a random overlay tree after the protocol of the same name in the Mace source: nodes join through the root,
 * which hands them down to nodes with room. Three forms that differ in one choice, which child a Join goes to.
 *
 * <p>Reading order: {@link dev.foresail.randtree.RandTreeMessages}, {@link dev.foresail.randtree.JoinStep} (what becomes
 * of a Join, the same in all forms), {@link dev.foresail.randtree.RandTree} (the choice exposed),
 * {@link dev.foresail.randtree.BaselineRandTree} (hard-coded, as in the Mace source),
 * {@link dev.foresail.randtree.AdaptiveRandTree} (hard-coded, with a model of the subtrees of its own);
 * {@link dev.foresail.randtree.RandTreeProperties} says what must hold of each.
 */
package dev.foresail.randtree;
