/** Tests of the simulation of MicroRaft. */
package dev.foresail.eval.microraft;
