package dev.foresail.predictor.campaign;

import dev.foresail.predictor.simulate.Sighting;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.UntilViolated;
import dev.foresail.predictor.simulate.ViolationText;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.predictor.trace.TraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A saved run, played again.
 *
 * @param simulation as it is at the end
 * @param sighting where its property was violated; empty when it is not any more
 */
public record TraceReplay<S>(
        SimulationPlan<S> plan, SimulationTrace trace, Simulation<S> simulation, Optional<Sighting> sighting) {
    /**
     * Plays the run until its property is violated.
     *
     * @param plan of {@link SimulationTrace#plan}
     * @param stopped whether to give it up
     * @throws TraceException FS259 when the protocol has no such property
     */
    public static <S> TraceReplay<S> of(SimulationPlan<S> plan, SimulationTrace trace, BooleanSupplier stopped) {
        plan.check();
        List<String> properties = new ArrayList<>(List.of(SeedOutcome.HANDLER_THREW));
        plan.machine().properties().forEach(property -> properties.add(property.name()));
        String wanted = trace.found().property();
        if (!properties.contains(wanted)) {
            throw new TraceException(
                    "FS259",
                    plan.machine().protocol() + " has no property '" + wanted + "'" + Nearest.hint(wanted, properties));
        }
        List<UntilViolated<S>> until = new ArrayList<>();
        Simulation<S> simulation =
                plan.start(trace.seed(), system -> until.add(new UntilViolated<>(system, wanted, plan.checkEvery())));
        Optional<Sighting> sighting = until.get(0).play(plan.until(), Long.MAX_VALUE, stopped);
        return new TraceReplay<>(plan, trace, simulation, sighting);
    }

    /** Whether the property is violated at another event or after another course than then. */
    public boolean hasDiverged() {
        return sighting.isPresent() && !trace.found().isSameAs(sighting.get());
    }

    /** What to say when it has diverged. */
    public String divergence() {
        return "[FS251] " + trace.found().property() + " is violated, but not as it was saved: by event "
                + sighting.map(Sighting::event).orElse(0L) + " instead of "
                + trace.found().event()
                + ", or by another way there; the protocol, the scenario or Foresail is another than then";
    }

    /** What is violated and how it came to that, in lines for people; none when nothing is. */
    public List<String> lines(BooleanSupplier stopped) {
        List<String> lines = new ArrayList<>();
        if (sighting.isPresent()) {
            sighting.get()
                    .violation()
                    .ifPresentOrElse(
                            violation -> {
                                lines.add(ViolationText.line(trace.seed(), violation));
                                lines.addAll(FailureText.told(plan, trace.seed(), violation, stopped));
                            },
                            () -> lines.add("seed " + trace.seed() + ": " + inTheEnd(sighting.get())));
        }
        return lines;
    }

    private String inTheEnd(Sighting seen) {
        String property = trace.found().property();
        return property.equals(SeedOutcome.HANDLER_THREW)
                ? "a handler threw, in event " + seen.event()
                : property + " does not hold in the end, after " + seen.atNanos() / 1e9 + " s";
    }
}
