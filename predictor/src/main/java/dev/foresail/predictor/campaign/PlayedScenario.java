package dev.foresail.predictor.campaign;

import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.simulate.FaultPhase;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happens to a system from outside, and how long. Immutable.
 *
 * @param settings the scenario's, as text by name
 * @param faults what goes wrong by chance
 * @param until when the run ends at the latest; empty: when the scenario comes to its end
 */
public record PlayedScenario(
        Scenario scenario, SortedMap<String, String> settings, FaultPhase faults, Optional<Duration> until) {
    public PlayedScenario {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** @throws CampaignException FS225 when a setting is unknown or does not fit */
    List<Object> values() {
        return Scenarios.values(scenario, settings);
    }
}
