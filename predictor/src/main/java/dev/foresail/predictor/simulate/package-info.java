/**
 * The seeded discrete-event simulator in virtual time. Reading order: {@link dev.foresail.predictor.simulate.Simulation},
 * {@link dev.foresail.predictor.simulate.SimulationSettings}, {@link dev.foresail.predictor.simulate.queue.EventQueue},
 * {@link dev.foresail.predictor.simulate.SimulatedNode}.
 */
package dev.foresail.predictor.simulate;
