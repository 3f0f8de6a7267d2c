/**
 * Two-phase commit, with light nodes or with ballast: the model by which explorers are measured. {@link
 * dev.foresail.eval.twophase.TwoPhase} is the protocol, {@link dev.foresail.eval.twophase.TwoPhaseScenario} what may
 * happen.
 */
package dev.foresail.eval.twophase;
