/** Decisions that are kept and read back. */
package dev.foresail.predictor.decision;
