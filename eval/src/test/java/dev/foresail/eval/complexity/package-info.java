/** Tests of the counting: every expected number was counted by hand. */
package dev.foresail.eval.complexity;
