/**
 * Random faults on any stage: {@link dev.foresail.predictor.scenario.fault.FaultMix} says which and how often,
 * {@link dev.foresail.predictor.scenario.fault.FaultDriver} makes them happen and heals them.
 */
package dev.foresail.predictor.scenario.fault;
