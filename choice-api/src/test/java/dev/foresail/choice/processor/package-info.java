/** The processor's tests: what it refuses ({@code MistakesTest}) and what its machines do ({@code ...MachineTest}). */
package dev.foresail.choice.processor;
