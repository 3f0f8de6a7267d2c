package dev.foresail.steering.cli;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.campaign.Scenarios;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.guardrail.LoopGuard;
import dev.foresail.predictor.guardrail.ThrownText;
import dev.foresail.predictor.model.DefaultScenario;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.ExplorationScenarios;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/** The scenarios for the explorer on a class path. Immutable. */
public final class Explorations {
    /** A description may compute more than a handler does. */
    private static final long MOST_STEPS = 10 * LoopGuard.DEFAULT_LIMIT;

    private final ExplorationScenarios scenarios;

    private Explorations(ExplorationScenarios scenarios) {
        this.scenarios = scenarios;
    }

    /** @throws ConfigurationException FS223 when one of them cannot be loaded */
    public static Explorations of(ClassLoader loader) {
        try {
            return new Explorations(ExplorationScenarios.of(loader));
        } catch (ServiceConfigurationError broken) {
            throw new ConfigurationException(
                    "FS223", "a scenario on the class path cannot be loaded: " + broken.getMessage());
        }
    }

    /**
     * The scenario of that name or class; without a name the one named like the protocol, else a
     * {@link DefaultScenario}.
     *
     * @throws ConfigurationException FS224 when the protocol has none of that name
     */
    public <S> ExplorationScenario<S> choose(Machine<S> machine, Optional<String> name) {
        if (name.isEmpty()) {
            return scenarios
                    .find(machine, machine.protocol())
                    .or(() -> scenarios.find(machine, DefaultScenario.NAME))
                    .orElseThrow();
        }
        String wanted = name.get();
        return scenarios
                .find(machine, wanted)
                .orElseThrow(() -> new ConfigurationException(
                        "FS224",
                        "no scenario of " + machine.protocol() + " for the explorer is named '" + wanted + "'"
                                + Nearest.hint(wanted, scenarios.names(machine))));
    }

    /**
     * What the scenario describes.
     *
     * @param settings what {@code --set key=value} gave
     * @throws ConfigurationException FS225 when a setting is unknown or refused, FS241 when the scenario fails
     */
    public static <S> SystemModel<S> model(
            Machine<S> machine, ExplorationScenario<S> scenario, Map<String, String> settings) {
        List<Object> values = Scenarios.values(scenario.name(), scenario.parameters(), settings);
        try {
            return GuardedRun.step(
                    () -> "the scenario " + scenario.name(),
                    MOST_STEPS,
                    () -> ExplorationScenarios.model(machine, scenario, values));
        } catch (IllegalArgumentException refused) {
            throw new ConfigurationException(
                    "FS225", "the scenario " + scenario.name() + " refuses its settings: " + refused.getMessage());
        } catch (ProtocolException wrong) {
            throw new ConfigurationException("FS241", failed(scenario) + wrong.getMessage());
        } catch (RuntimeException broken) {
            throw new ConfigurationException("FS241", failed(scenario) + ThrownText.of(broken));
        }
    }

    private static String failed(ExplorationScenario<?> scenario) {
        return "the scenario " + scenario.name() + " cannot describe its system: ";
    }
}
