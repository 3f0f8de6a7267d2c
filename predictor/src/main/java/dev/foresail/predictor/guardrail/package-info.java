/**
 * Stops what never returns. {@link dev.foresail.predictor.guardrail.GuardedClassLoader} defines a protocol's classes with a
 * counter in every loop and method, {@link dev.foresail.predictor.guardrail.LoopGuard} counts, and {@link
 * dev.foresail.predictor.guardrail.GuardedRun} runs a handler within a limit and names it when it has to be stopped.
 */
package dev.foresail.predictor.guardrail;
