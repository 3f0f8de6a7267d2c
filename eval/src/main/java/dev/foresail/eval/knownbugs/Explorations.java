package dev.foresail.eval.knownbugs;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.Map;

/** Builds models out of scenarios. Pure functions. */
public final class Explorations {
    private Explorations() {}

    /**
     * What {@code scenario} describes.
     *
     * @param settings values of the scenario's parameters as texts, by name
     * @throws IllegalArgumentException when a parameter is unknown or its value does not fit
     */
    public static <S> SystemModel<S> model(
            Machine<S> machine, ExplorationScenario<S> scenario, Map<String, String> settings) {
        SystemModel.Builder<S> model = SystemModel.of(machine);
        scenario.describe(model, ParameterValues.read(scenario.parameters(), settings));
        return model.build();
    }
}
