package dev.foresail.steering.cli;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.guardrail.LoopGuard;
import dev.foresail.predictor.guardrail.ThrownText;
import dev.foresail.predictor.model.DefaultScenario;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The scenarios for the explorer on a class path. Immutable. */
public final class Explorations {
    /** A description may compute more than a handler does. */
    private static final long MOST_STEPS = 10 * LoopGuard.DEFAULT_LIMIT;

    private final List<ExplorationScenario<?>> scenarios;

    Explorations(List<? extends ExplorationScenario<?>> scenarios) {
        this.scenarios = List.copyOf(scenarios);
    }

    /** @throws ConfigurationException FS223 when one of them cannot be loaded */
    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    public static Explorations of(ClassLoader loader) {
        List<ExplorationScenario<?>> scenarios = new ArrayList<>();
        try {
            for (ExplorationScenario scenario : ServiceLoader.load(ExplorationScenario.class, loader)) {
                scenarios.add((ExplorationScenario<?>) scenario);
            }
        } catch (ServiceConfigurationError broken) {
            throw new ConfigurationException(
                    "FS223", "a scenario on the class path cannot be loaded: " + broken.getMessage());
        }
        return new Explorations(scenarios);
    }

    /**
     * The scenario of that name or class; without a name the one named like the protocol, else a
     * {@link DefaultScenario}.
     *
     * @throws ConfigurationException FS224 when the protocol has none of that name
     */
    public <S> ExplorationScenario<S> choose(Machine<S> machine, Optional<String> name) {
        List<ExplorationScenario<S>> own = of(machine);
        String wanted = name.orElse(machine.protocol());
        Optional<ExplorationScenario<S>> found = own.stream()
                .filter(scenario -> scenario.name().equals(wanted)
                        || scenario.getClass().getName().equals(wanted))
                .findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        DefaultScenario<S> simple = new DefaultScenario<>(machine);
        if (name.isEmpty() || wanted.equals(simple.name())) {
            return simple;
        }
        List<String> names = new ArrayList<>(
                own.stream().map(ExplorationScenario::name).sorted().toList());
        names.add(simple.name());
        throw new ConfigurationException(
                "FS224",
                "no scenario of " + machine.protocol() + " for the explorer is named '" + wanted + "'"
                        + Nearest.hint(wanted, names));
    }

    @SuppressWarnings("unchecked") // a scenario that names the protocol is for its state
    private <S> List<ExplorationScenario<S>> of(Machine<S> machine) {
        List<ExplorationScenario<S>> own = new ArrayList<>();
        for (ExplorationScenario<?> scenario : scenarios) {
            if (scenario.protocol().equals(machine.protocol())) {
                own.add((ExplorationScenario<S>) scenario);
            }
        }
        return own;
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
        SystemModel.Builder<S> model = SystemModel.of(machine);
        try {
            return GuardedRun.step(() -> "the scenario " + scenario.name(), MOST_STEPS, () -> {
                scenario.describe(model, values);
                return model.build();
            });
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
