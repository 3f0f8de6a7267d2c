/**
 * Two-phase commit, with light and with heavy nodes: the model by which explorers are measured. {@link
 * dev.foresail.eval.twophase.TwoPhase} is the protocol, {@link dev.foresail.eval.twophase.TwoPhaseScenario} what may
 * happen.
 */
package dev.foresail.eval.twophase;
