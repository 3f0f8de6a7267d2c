package dev.foresail.predictor.campaign;

import dev.foresail.predictor.simulate.Sighting;

/**
 * A small run that violates a property.
 *
 * @param plan with its faults given, up to the violation where that is at an event
 * @param sighting where it is violated
 * @param faultsBefore how many faults there were before
 * @param nodesBefore how many nodes there were before
 */
public record ShrunkSeed<S>(
        SimulationPlan<S> plan, long seed, String property, Sighting sighting, int faultsBefore, int nodesBefore) {
    /** In words what is left. */
    public String words() {
        return plan.faults(seed).size() + " of " + faultsBefore + " faults, " + plan.nodes() + " of " + nodesBefore
                + " nodes, " + sighting.event() + " events";
    }
}
