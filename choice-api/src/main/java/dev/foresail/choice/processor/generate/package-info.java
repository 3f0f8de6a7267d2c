/**
 * Writes the machine of a protocol in which no mistake was found. Start with
 * {@link dev.foresail.choice.processor.generate.MachineWriter}; each section writes one concern.
 */
package dev.foresail.choice.processor.generate;
