/** Tests of the register protocols: their numbers of worlds are known, and so is which of them is not linearisable. */
package dev.foresail.eval.register;
