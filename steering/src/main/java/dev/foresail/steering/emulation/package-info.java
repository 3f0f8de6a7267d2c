/**
 * A wide-area network inside of one machine: {@link dev.foresail.steering.emulation.LinkEmulator} holds frames back on their
 * way out as {@link dev.foresail.steering.emulation.EmulatedNetwork} tells it, after any topology.
 */
package dev.foresail.steering.emulation;
