package dev.foresail.predictor.campaign;

import dev.foresail.predictor.simulate.Sighting;
import java.util.Optional;

/**
 * A small run that violates a property.
 *
 * @param plan with its faults given, up to the violation where that is at an event
 * @param sighting where it is violated
 * @param faultsBefore how many faults there were before
 * @param nodesBefore how many nodes there were before
 * @param choicesBefore how many choices were made before, until the violation
 */
public record ShrunkSeed<S>(
        SimulationPlan<S> plan,
        long seed,
        String property,
        Sighting sighting,
        int faultsBefore,
        int nodesBefore,
        long choicesBefore) {
    /** In words what is left. */
    public String words() {
        return plan.faults(seed).size() + " of " + faultsBefore + " faults, " + plan.nodes() + " of " + nodesBefore
                + " nodes, " + choicesInWords() + sighting.event() + " events";
    }

    private String choicesInWords() {
        return choices()
                .map(left -> left.matter() + " of " + left.before() + " choices, ")
                .orElse("");
    }

    /** The choices that matter; empty where none was made, or they stay as the resolvers make them. */
    public Optional<SimulationTrace.Script> choices() {
        return choicesBefore == 0
                ? Optional.empty()
                : plan.choices().map(left -> new SimulationTrace.Script(choicesBefore, left));
    }
}
