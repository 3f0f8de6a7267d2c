/**
 * Violations that last: a {@link dev.foresail.predictor.trace.Trace} is a path with everything that people want to see of
 * it, {@link dev.foresail.predictor.trace.TraceFile} writes and reads it, {@link dev.foresail.predictor.trace.Replay} goes
 * along it again, {@link dev.foresail.predictor.trace.Shrinker} and {@link dev.foresail.predictor.trace.CausalOrder} make it
 * short and readable, and {@link dev.foresail.predictor.trace.Traces} makes a test of it in one line.
 */
package dev.foresail.predictor.trace;
