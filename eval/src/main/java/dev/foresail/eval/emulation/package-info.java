/**
 * How well emulated links keep to what is asked of them. Reading order:
 * {@link dev.foresail.eval.emulation.EmulationAccuracy}, {@link dev.foresail.eval.emulation.EmulationTrial},
 * {@link dev.foresail.eval.emulation.Courier}.
 */
package dev.foresail.eval.emulation;
