/** Tests of the experiment with hostile peers. */
package dev.foresail.eval.hostile;
