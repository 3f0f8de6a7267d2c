/** Tests of what is measured of emulated links. */
package dev.foresail.eval.emulation;
