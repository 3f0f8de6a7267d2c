/** Tests of what experiments share. */
package dev.foresail.eval.experiment;
