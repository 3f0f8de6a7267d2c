package dev.foresail.predictor.model;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The scenarios for the explorer on a class path, found by protocol and name: the same ones for whoever checks, replays or
 * tests. Immutable.
 */
public final class ExplorationScenarios {
    private final List<ExplorationScenario<?>> scenarios;

    public ExplorationScenarios(List<? extends ExplorationScenario<?>> scenarios) {
        this.scenarios = List.copyOf(scenarios);
    }

    /**
     * Those that the class loader's {@code META-INF/services} name.
     *
     * @throws java.util.ServiceConfigurationError when one of them cannot be loaded
     */
    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    public static ExplorationScenarios of(ClassLoader loader) {
        List<ExplorationScenario<?>> found = new ArrayList<>();
        for (ExplorationScenario scenario : ServiceLoader.load(ExplorationScenario.class, loader)) {
            found.add((ExplorationScenario<?>) scenario);
        }
        return new ExplorationScenarios(found);
    }

    /**
     * The protocol's scenario of that name or class; a {@link DefaultScenario} goes by its name where no other does. Empty
     * when there is none.
     */
    public <S> Optional<ExplorationScenario<S>> find(Machine<S> machine, String name) {
        Optional<ExplorationScenario<S>> found = of(machine).stream()
                .filter(scenario -> scenario.name().equals(name)
                        || scenario.getClass().getName().equals(name))
                .findFirst();
        return found.isEmpty() && name.equals(DefaultScenario.NAME)
                ? Optional.of(new DefaultScenario<>(machine))
                : found;
    }

    /** The names of the protocol's scenarios, sorted; that of the {@link DefaultScenario} is among them. */
    public List<String> names(Machine<?> machine) {
        List<String> names = new ArrayList<>();
        of(machine).forEach(scenario -> names.add(scenario.name()));
        names.add(DefaultScenario.NAME);
        return names.stream().distinct().sorted().toList();
    }

    @SuppressWarnings("unchecked") // a scenario that names the protocol is for its state
    private <S> List<ExplorationScenario<S>> of(Machine<S> machine) {
        List<ExplorationScenario<S>> own = new ArrayList<>();
        for (ExplorationScenario<?> scenario : scenarios) {
            if (isFor(machine, scenario)) {
                own.add((ExplorationScenario<S>) scenario);
            }
        }
        return own;
    }

    /** Two protocols may have the same short name; then the state that the scenario declares decides. */
    private static boolean isFor(Machine<?> machine, ExplorationScenario<?> scenario) {
        // By name, as the same class may have been loaded twice.
        String type = machine.stateType().getName();
        return scenario.protocol().equals(machine.protocol())
                && stateType(scenario.getClass()).map(type::equals).orElse(true);
    }

    /** What stands for S in the declaration; empty when that is no class. */
    private static Optional<String> stateType(Class<?> scenario) {
        for (Class<?> type = scenario; type != null; type = type.getSuperclass()) {
            for (Type implemented : type.getGenericInterfaces()) {
                if (implemented instanceof ParameterizedType with
                        && with.getRawType() == ExplorationScenario.class
                        && with.getActualTypeArguments()[0] instanceof Class<?> state) {
                    return Optional.of(state.getName());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What the scenario describes.
     *
     * @param settings values of the scenario's parameters as texts, by name
     * @throws IllegalArgumentException when a parameter is unknown or missing, or its value does not fit
     */
    public static <S> SystemModel<S> model(
            Machine<S> machine, ExplorationScenario<S> scenario, Map<String, String> settings) {
        return model(machine, scenario, ParameterValues.read(scenario.parameters(), settings));
    }

    /** As above, of values in the order of the scenario's parameters. */
    public static <S> SystemModel<S> model(
            Machine<S> machine, ExplorationScenario<S> scenario, List<?> parameterValues) {
        SystemModel.Builder<S> model = SystemModel.of(machine);
        scenario.describe(model, List.copyOf(parameterValues));
        return model.build();
    }
}
