package dev.foresail.predictor.simulate;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.view.PictureView;
import dev.foresail.predictor.view.Verdicts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Plays a simulation until a property is violated, and no further. Once only; not thread-safe. */
public final class UntilViolated<S> {
    /** The property that a handler violates which throws. */
    public static final String HANDLER_THREW = "handler-threw";

    private final Simulation<S> simulation;
    private final String property;
    private final PropertyWatch<S> watch;
    private int looked;

    /**
     * @param simulation of which nothing is scheduled yet
     * @param everyEvents as in {@link PropertyWatch}
     */
    public UntilViolated(Simulation<S> simulation, String property, long everyEvents) {
        this.simulation = simulation;
        this.property = property;
        this.watch = new PropertyWatch<>(simulation, everyEvents);
        simulation.onHandled(watch);
    }

    /**
     * Lets time go on until the property is violated.
     *
     * @param until when the run ends; what does not hold then is violated too
     * @param mostEvents after so many it is given up
     * @param stopped whether to give it up
     * @return empty when it is not violated, or was given up
     */
    public Optional<Sighting> play(Duration until, long mostEvents, BooleanSupplier stopped) {
        boolean goesOn = true;
        while (goesOn) {
            Optional<Violation> seen = seen();
            if (seen.isPresent() || property.equals(HANDLER_THREW) && hasFailed()) {
                return Optional.of(sighting(seen));
            } else if (simulation.events() > mostEvents || stopped.getAsBoolean()) {
                return Optional.empty();
            }
            goesOn = simulation.timeline().runOne(until.toNanos());
        }
        simulation.runUntil(until);
        return isViolatedInTheEnd() ? Optional.of(sighting(Optional.empty())) : Optional.empty();
    }

    /** How many events were played so far. */
    public long events() {
        return simulation.events();
    }

    private Optional<Violation> seen() {
        for (; looked < watch.violations().size(); looked++) {
            if (watch.violations().get(looked).property().equals(property)) {
                return Optional.of(watch.violations().get(looked));
            }
        }
        return Optional.empty();
    }

    private boolean hasFailed() {
        return !simulation.failures().isEmpty();
    }

    private boolean isViolatedInTheEnd() {
        PictureView<S> view = simulation.view();
        for (PropertyDescription<S> each : simulation.settings().machine().properties()) {
            if (each.name().equals(property)) {
                return Verdicts.after(each, view, simulation.nowNanos()) == Verdict.VIOLATED;
            }
        }
        return false;
    }

    private Sighting sighting(Optional<Violation> violation) {
        return new Sighting(simulation.events(), simulation.nowNanos(), simulation.digest(), violation);
    }
}
