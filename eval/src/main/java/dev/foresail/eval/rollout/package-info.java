/** How fast futures of a whole tree are rolled out: {@code foresail eval roll-outs}. */
package dev.foresail.eval.rollout;
