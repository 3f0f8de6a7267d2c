/** Tests of how decisions are measured. */
package dev.foresail.eval.decisions;
