/** Tests of the experiment prediction-depth. */
package dev.foresail.eval.prediction;
