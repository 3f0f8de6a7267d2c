/**
 * What is done to a system from outside: a {@link dev.foresail.predictor.scenario.Scenario} starts, calls, crashes and
 * restarts nodes on a {@link dev.foresail.predictor.scenario.Stage}, which is a simulation or a live deployment.
 */
package dev.foresail.predictor.scenario;
