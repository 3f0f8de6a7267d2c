/** Protocols for tests, compiled with the processor under test. */
package dev.foresail.choice.sample;
