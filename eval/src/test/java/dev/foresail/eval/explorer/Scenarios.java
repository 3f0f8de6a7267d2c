package dev.foresail.eval.explorer;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/** Finds scenarios and their protocols as users do: by name. */
final class Scenarios {
    private Scenarios() {}

    /** @param values of the scenario's parameters, in their order */
    static SystemModel<?> model(String scenario, Object... values) {
        ExplorationScenario<?> found =
                find(ExplorationScenario.class, each -> each.name().equals(scenario));
        return describe(found, find(Machine.class, each -> each.protocol().equals(found.protocol())), List.of(values));
    }

    private static <T> T find(Class<T> service, Predicate<T> isWanted) {
        return ServiceLoader.load(service).stream()
                .map(ServiceLoader.Provider::get)
                .filter(isWanted)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no such " + service.getSimpleName() + " is registered"));
    }

    @SuppressWarnings("unchecked") // a scenario is for its protocol's state
    private static <S> SystemModel<S> describe(
            ExplorationScenario<S> scenario, Machine<?> machine, List<Object> values) {
        SystemModel.Builder<S> model = SystemModel.of((Machine<S>) machine);
        scenario.describe(model, values);
        return model.build();
    }
}
