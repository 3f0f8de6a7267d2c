/**
 * Campaigns: many seeds of one simulation. A {@link dev.foresail.predictor.campaign.SimulationPlan} is what is simulated whatever the seed,
 * a {@link dev.foresail.predictor.campaign.SeedRun} plays one, a {@link dev.foresail.predictor.campaign.SeedOutcome} is what became of it.
 * The command line and the tests of {@link dev.foresail.predictor.junit} both go through here.
 */
package dev.foresail.predictor.campaign;
