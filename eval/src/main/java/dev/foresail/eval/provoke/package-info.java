/**
 * Known bugs as deployments meet them: each has a scenario that leads running nodes into the violation, in the simulator and
 * live, on as few nodes as it takes or amid a larger system.
 *
 * <p>Reading order: {@link dev.foresail.eval.provoke.Provocations}, {@link dev.foresail.eval.provoke.SilentRejoin} and the
 * other scenarios, {@link dev.foresail.eval.provoke.SimulatedProvocation}, {@link dev.foresail.eval.provoke.LiveProvocation}.
 */
package dev.foresail.eval.provoke;
