package dev.foresail.predictor.campaign;

import dev.foresail.predictor.simulate.Sighting;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.UntilViolated;
import dev.foresail.predictor.simulate.ViolationText;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.predictor.trace.TraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A saved run, played again.
 *
 * @param simulation as it is at the end
 * @param choices those that the trace names and that were made, in words
 * @param sighting where its property was violated; empty when it is not any more
 */
public record TraceReplay<S>(
        SimulationPlan<S> plan,
        SimulationTrace trace,
        Simulation<S> simulation,
        Optional<Sighting> sighting,
        List<String> choices) {
    /** Of very many choices the first are told. */
    private static final int MOST_CHOICES = 20;

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
        ChoiceScript script = plan.script();
        Simulation<S> simulation = plan.start(
                script, trace.seed(), system -> until.add(new UntilViolated<>(system, wanted, plan.checkEvery())));
        Optional<Sighting> sighting = until.get(0).play(plan.until(), Long.MAX_VALUE, stopped);
        List<String> choices = trace.script().isEmpty()
                ? List.of()
                : script.taken().stream().map(TraceReplay::words).toList();
        return new TraceReplay<>(plan, trace, simulation, sighting, choices);
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
            trace.script().ifPresent(script -> lines.addAll(choiceLines(script)));
        }
        return lines;
    }

    private List<String> choiceLines(SimulationTrace.Script script) {
        List<String> lines = new ArrayList<>();
        lines.add("    " + script.matter() + " of " + script.before()
                + " choices matter; all others take what comes first"
                + (script.matter() == 0 ? "" : ":"));
        choices.stream().limit(MOST_CHOICES).forEach(lines::add);
        if (choices.size() > MOST_CHOICES) {
            lines.add("    ... " + (choices.size() - MOST_CHOICES) + " more");
        }
        return lines;
    }

    private static String words(ChoiceScript.Taken taken) {
        ChoiceOccurrence choice = taken.choice();
        boolean isOne = taken.what().size() == 1;
        String which = choice.taken().stream()
                .map(index -> Integer.toString(index + 1))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%14.6f s  %s chooses %s of %d for %s: %s",
                choice.atNanos() / 1e9,
                choice.node(),
                which,
                taken.alternatives(),
                choice.choice(),
                ViolationText.shortened(String.valueOf(isOne ? taken.what().get(0) : taken.what())));
    }

    private String inTheEnd(Sighting seen) {
        String property = trace.found().property();
        return property.equals(SeedOutcome.HANDLER_THREW)
                ? "a handler threw, in event " + seen.event()
                : property + " does not hold in the end, after " + seen.atNanos() / 1e9 + " s";
    }
}
