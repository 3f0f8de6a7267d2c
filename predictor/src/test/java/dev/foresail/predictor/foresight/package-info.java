/** Tests of looking ahead. */
package dev.foresail.predictor.foresight;
