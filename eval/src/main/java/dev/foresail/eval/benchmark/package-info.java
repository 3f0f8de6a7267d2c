/**
 * What the engine's small steps cost in time and memory: JMH benchmarks and the experiment that runs them in short.
 */
package dev.foresail.eval.benchmark;
