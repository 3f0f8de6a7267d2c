/** Tests of the studies of measured networks. */
package dev.foresail.eval.coordinates;
