/**
 * A tree that can tie itself into a loop, after the tutorial of Mace's model checker:
 * {@link dev.foresail.eval.brokentree.BrokenTree}, explored with {@link dev.foresail.eval.brokentree.BrokenTreeScenario}.
 */
package dev.foresail.eval.brokentree;
