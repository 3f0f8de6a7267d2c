package dev.foresail.predictor.campaign;

import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.simulate.Runaway;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.UntilViolated;
import dev.foresail.predictor.view.PictureView;
import dev.foresail.predictor.view.Verdicts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How one simulation ended.
 *
 * @param digest of everything that happened; depends on nothing but plan and seed
 * @param metrics the protocol's metrics at the end and what the scenario recorded; not a number where it cannot be said
 * @param violations where safety properties were violated first, in order
 * @param failures handlers that threw
 * @param complete whether it went on to its end
 * @param runaway why it was stopped as its protocol runs away; empty when it was not
 */
public record SeedOutcome(
        long seed,
        long events,
        double virtualSeconds,
        String digest,
        SortedMap<String, Double> metrics,
        SortedMap<String, Judged> properties,
        DecisionCounts decisions,
        List<Violation> violations,
        List<String> failures,
        boolean complete,
        Optional<Runaway> runaway) {
    /** The property that a handler violates which throws. */
    public static final String HANDLER_THREW = UntilViolated.HANDLER_THREW;

    public SeedOutcome {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        violations = List.copyOf(violations);
        failures = List.copyOf(failures);
    }

    /** What can be said of a property. */
    public record Judged(PropertyDescription.Kind kind, Verdict verdict) {}

    /** What has become of a simulation so far. */
    static <S> SeedOutcome of(SimulationPlan<S> plan, long seed, Simulation<S> simulation, List<Violation> violations) {
        return new SeedOutcome(
                seed,
                simulation.events(),
                simulation.nowNanos() / 1e9,
                simulation.digest(),
                metrics(plan, simulation),
                properties(plan, simulation, violations),
                simulation.decisions(),
                violations,
                simulation.failures(),
                true,
                Optional.empty());
    }

    /** The same of a run that was stopped. */
    SeedOutcome stopped(Runaway because) {
        return unfinished(Optional.of(because));
    }

    private SeedOutcome unfinished(Optional<Runaway> because) {
        return new SeedOutcome(
                seed,
                events,
                virtualSeconds,
                digest,
                metrics,
                sofar(properties),
                decisions,
                violations,
                failures,
                false,
                because);
    }

    /** What is to come true in the end may still have done so. */
    private static SortedMap<String, Judged> sofar(SortedMap<String, Judged> properties) {
        SortedMap<String, Judged> known = new TreeMap<>(properties);
        known.replaceAll((name, judged) ->
                judged.kind() == PropertyDescription.Kind.LIVENESS && judged.verdict() == Verdict.VIOLATED
                        ? new Judged(judged.kind(), Verdict.UNKNOWN)
                        : judged);
        return known;
    }

    /** What is known of a simulation in which memory has run out: its nodes' states may be half changed, and are asked nothing. */
    static <S> SeedOutcome exhausted(
            SimulationPlan<S> plan, long seed, Simulation<S> simulation, List<Violation> violations) {
        SortedMap<String, Judged> judged = new TreeMap<>();
        for (PropertyDescription<S> property : plan.machine().properties()) {
            judged.put(property.name(), new Judged(property.kind(), Verdict.UNKNOWN));
        }
        addViolated(judged, simulation, violations);
        return new SeedOutcome(
                seed,
                simulation.events(),
                simulation.nowNanos() / 1e9,
                simulation.digest(),
                simulation.records(),
                judged,
                simulation.decisions(),
                violations,
                simulation.failures(),
                false,
                Optional.empty());
    }

    /** The same of a run that somebody has cut short. */
    SeedOutcome partial() {
        return unfinished(Optional.empty());
    }

    private static <S> SortedMap<String, Double> metrics(SimulationPlan<S> plan, Simulation<S> simulation) {
        SortedMap<String, Double> metrics = new TreeMap<>(simulation.records());
        PictureView<S> view = simulation.view();
        for (MetricDescription<S> metric : plan.machine().metrics()) {
            metrics.putIfAbsent(metric.name(), value(metric, view));
        }
        return metrics;
    }

    private static <S> double value(MetricDescription<S> metric, PictureView<S> view) {
        try {
            return metric.evaluate(view, view);
        } catch (UnknownNodeException unknown) {
            return Double.NaN;
        }
    }

    private static <S> SortedMap<String, Judged> properties(
            SimulationPlan<S> plan, Simulation<S> simulation, List<Violation> violations) {
        SortedMap<String, Judged> judged = new TreeMap<>();
        PictureView<S> view = simulation.view();
        for (PropertyDescription<S> property : plan.machine().properties()) {
            judged.put(
                    property.name(),
                    new Judged(property.kind(), Verdicts.after(property, view, simulation.nowNanos())));
        }
        addViolated(judged, simulation, violations);
        return judged;
    }

    private static void addViolated(
            SortedMap<String, Judged> judged, Simulation<?> simulation, List<Violation> violations) {
        violations.forEach(violation ->
                judged.put(violation.property(), new Judged(PropertyDescription.Kind.SAFETY, Verdict.VIOLATED)));
        if (!simulation.failures().isEmpty()) {
            judged.put(HANDLER_THREW, new Judged(PropertyDescription.Kind.SAFETY, Verdict.VIOLATED));
        }
    }

    /** Whether something is not as it should be. */
    public boolean isViolated() {
        return properties.values().stream().anyMatch(judged -> judged.verdict() == Verdict.VIOLATED);
    }

    /** A property that is violated. */
    public Optional<String> firstViolated() {
        return properties.entrySet().stream()
                .filter(judged -> judged.getValue().verdict() == Verdict.VIOLATED)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What is violated in the end, in lines for people; but for what was seen to be violated before. */
    public List<String> wrongInTheEnd() {
        Set<String> told = violations.stream().map(Violation::property).collect(Collectors.toSet());
        List<String> wrong = new ArrayList<>();
        properties.forEach((name, judged) -> {
            if (judged.verdict() == Verdict.VIOLATED && !told.contains(name) && !name.equals(HANDLER_THREW)) {
                wrong.add("seed " + seed + ": " + name + " does not hold in the end, after " + virtualSeconds + " s");
            }
        });
        if (!failures.isEmpty()) {
            wrong.add("seed " + seed + ": a handler threw");
        }
        return wrong;
    }
}
