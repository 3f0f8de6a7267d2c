/**
 * What steering costs a live node: throughput, latency, traffic. Reading order:
 * {@link dev.foresail.eval.overhead.SteeringOverhead}, {@link dev.foresail.eval.overhead.Saturation},
 * {@link dev.foresail.eval.overhead.Rally}.
 */
package dev.foresail.eval.overhead;
