/**
 * Stops what never returns. {@link dev.foresail.predictor.guardrail.GuardedClassLoader} defines a protocol's classes with a
 * counter in every loop and method, {@link dev.foresail.predictor.guardrail.LoopGuard} counts, and {@link
 * dev.foresail.predictor.guardrail.GuardedRun} runs a handler, or asks a property, within a limit and names it when it has to be stopped.
 *
 * <p>A loop inside a library makes no steps. Who may end the process can ask {@link
 * dev.foresail.predictor.guardrail.LoopGuard#underWay} from another thread, now and then, and see a run that does not end.
 */
package dev.foresail.predictor.guardrail;
