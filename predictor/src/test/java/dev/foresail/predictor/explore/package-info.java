/** Tests of the explorer. */
package dev.foresail.predictor.explore;
