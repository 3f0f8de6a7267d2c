/** Tests of the searchr. */
package dev.foresail.predictor.search;
