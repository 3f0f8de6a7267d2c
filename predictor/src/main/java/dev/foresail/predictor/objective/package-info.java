/** What the operator wants: metrics to minimise or maximise, in order of priority; violated safety outranks them all. */
package dev.foresail.predictor.objective;
