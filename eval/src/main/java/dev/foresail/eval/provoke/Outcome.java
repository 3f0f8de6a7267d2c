package dev.foresail.eval.provoke;

import dev.foresail.steering.control.Intervention;
import java.util.List;

/**
 * What came of a scenario.
 *
 * @param sightings the violations of properties of single nodes, and of those of stable fields, in the order in which they were
 *     seen
 * @param interventions of steering
 * @param restored whether the system worked again in the end
 * @param failures nodes that ended by themselves, and live also calls that failed or were refused
 */
public record Outcome(List<Sighting> sightings, List<Timed> interventions, boolean restored, List<String> failures) {
    public Outcome {
        sightings = List.copyOf(sightings);
        interventions = List.copyOf(interventions);
        failures = List.copyOf(failures);
    }

    /**
     * An intervention.
     *
     * @param atNanos when, on the clock of the run
     */
    public record Timed(Intervention intervention, long atNanos) {}

    public boolean isViolated(String property) {
        return sightings.stream().anyMatch(sighting -> sighting.property().equals(property));
    }

    /** Whether an event was kept from having effect because it would have violated the property. */
    public boolean isSteeredFrom(String property) {
        return interventions.stream()
                .map(Timed::intervention)
                .anyMatch(intervention ->
                        intervention.steered() && intervention.property().equals(property));
    }
}
