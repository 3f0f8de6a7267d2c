package dev.foresail.predictor.campaign;

import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.campaign.SimulationTrace.Found;
import dev.foresail.predictor.campaign.SimulationTrace.Origin;
import dev.foresail.predictor.simulate.PropertyWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A failing seed that was made small and saved.
 *
 * @param file where it is
 */
public record SavedFailure<S>(ShrunkSeed<S> shrunk, Path file) {
    /**
     * Makes a seed that violates a property small, and saves it.
     *
     * @param origin tells how it is made again
     * @return empty when it does not violate the property, or not within the budget
     * @throws dev.foresail.predictor.trace.TraceException FS258 when the file cannot be written
     */
    public static <S> Optional<SavedFailure<S>> save(
            SimulationPlan<S> plan, long seed, String property, Origin origin, ShrinkBudget budget, Path directory) {
        return new SeedShrinker<>(plan, budget)
                .shrink(seed, property)
                .map(shrunk -> new SavedFailure<>(shrunk, SimulationTraceFile.write(trace(shrunk, origin), directory)));
    }

    /** What a plan's traces have in common, where its choices, options and configuration are as given. */
    public static Origin origin(
            SimulationPlan<?> plan,
            String faults,
            SimulationTrace.Choices choices,
            List<String> options,
            boolean configured) {
        return new Origin(
                plan.machine().protocol(),
                plan.machine().stateType().getName(),
                plan.played().scenario().name(),
                plan.played().scenario().getClass().getName(),
                plan.played().settings(),
                plan.system().given(),
                faults,
                choices,
                plan.system().hosting().connectionSetup(),
                options,
                configured);
    }

    private static <S> SimulationTrace trace(ShrunkSeed<S> shrunk, Origin origin) {
        SimulationPlan<S> plan = shrunk.plan();
        String happening = shrunk.sighting()
                .violation()
                .map(PropertyWatch.Violation::happening)
                .orElse("");
        boolean isLiveness = plan.machine().properties().stream()
                .anyMatch(property -> property.name().equals(shrunk.property())
                        && property.kind() == PropertyDescription.Kind.LIVENESS);
        return new SimulationTrace(
                origin,
                plan.nodes(),
                shrunk.seed(),
                plan.played().until(),
                plan.checkEvery(),
                plan.faultsUntil(),
                plan.faults(shrunk.seed()),
                shrunk.choices(),
                Found.of(shrunk.property(), isLiveness, happening, shrunk.sighting()));
    }
}
