package dev.foresail.steering.cli;

import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.OneWorkerNeededException;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.view.PictureView;
import dev.foresail.predictor.view.Verdicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How one simulation ended.
 *
 * @param seconds of real time
 * @param digest of everything that happened; depends on nothing but plan and seed
 * @param metrics the protocol's metrics at the end and what the scenario recorded; not a number where it cannot be said
 * @param violations where safety properties were violated first, in order
 * @param failures handlers that threw
 * @param complete whether it went on to its end
 */
record SimulationOutcome(
        long seed,
        long events,
        double seconds,
        double virtualSeconds,
        String digest,
        SortedMap<String, Double> metrics,
        SortedMap<String, Judged> properties,
        DecisionCounts decisions,
        List<Violation> violations,
        List<String> failures,
        boolean complete) {
    private static final int SLICES = 1000;
    private static final String HANDLER_THREW = "handler-threw";

    SimulationOutcome {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        violations = List.copyOf(violations);
        failures = List.copyOf(failures);
    }

    /** What can be said of a property. */
    record Judged(PropertyDescription.Kind kind, Verdict verdict) {}

    /**
     * Plays the plan with one seed, until the end or until the user has had enough; on one worker what several cannot do.
     */
    static <S> SimulationOutcome of(
            SimulationPlan<S> plan,
            long seed,
            SimulationWorkers workers,
            Progress progress,
            Interruption interruption) {
        long startNanos = WallClock.nanos();
        try {
            return of(plan, seed, Optional.of(workers), startNanos, progress, interruption);
        } catch (OneWorkerNeededException needed) {
            workers.oneIsNeeded(needed.why());
            return of(plan, seed, Optional.empty(), startNanos, progress, interruption);
        }
    }

    private static <S> SimulationOutcome of(
            SimulationPlan<S> plan,
            long seed,
            Optional<SimulationWorkers> workers,
            long startNanos,
            Progress progress,
            Interruption interruption) {
        List<PropertyWatch<S>> watches = new ArrayList<>();
        Simulation<S> simulation = plan.start(seed, system -> {
            PropertyWatch<S> watch = new PropertyWatch<>(system, plan.checkEvery());
            watches.add(watch);
            system.onHandled(watch);
            workers.ifPresent(several -> several.join(system, watch));
        });
        long untilNanos = plan.until().toNanos();
        boolean goesOn = true;
        for (int slice = 1; slice <= SLICES && goesOn && !interruption.isRequested(); slice++) {
            long sliceEnd = slice == SLICES ? untilNanos : untilNanos / SLICES * slice;
            simulation.runUntil(Duration.ofNanos(sliceEnd));
            goesOn = simulation.nowNanos() >= sliceEnd;
            progress.update(slice, SLICES);
        }
        List<Violation> violations = watches.get(0).violations();
        boolean complete = !goesOn || simulation.nowNanos() >= untilNanos;
        return new SimulationOutcome(
                seed,
                simulation.events(),
                WallClock.secondsSince(startNanos),
                simulation.nowNanos() / 1e9,
                simulation.digest(),
                metrics(plan, simulation),
                properties(plan, simulation, violations),
                simulation.decisions(),
                violations,
                simulation.failures(),
                complete);
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
        violations.forEach(violation ->
                judged.put(violation.property(), new Judged(PropertyDescription.Kind.SAFETY, Verdict.VIOLATED)));
        if (!simulation.failures().isEmpty()) {
            judged.put(HANDLER_THREW, new Judged(PropertyDescription.Kind.SAFETY, Verdict.VIOLATED));
        }
        return judged;
    }

    /** Whether something is not as it should be. */
    boolean isViolated() {
        return properties.values().stream().anyMatch(judged -> judged.verdict() == Verdict.VIOLATED);
    }

    /** What is violated in the end, in lines for people; but for what was seen to be violated before. */
    List<String> wrongInTheEnd() {
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

    /** The exit code that the properties ask for. */
    int exitCode() {
        boolean unknown = !complete;
        boolean lively = true;
        for (Judged judged : properties.values()) {
            if (judged.verdict() == Verdict.VIOLATED && judged.kind() == PropertyDescription.Kind.SAFETY) {
                return ExitCode.SAFETY_VIOLATED;
            }
            lively &= judged.verdict() != Verdict.VIOLATED;
            unknown |= judged.verdict() != Verdict.HOLDS;
        }
        if (!lively) {
            return ExitCode.LIVENESS_VIOLATED;
        }
        return unknown ? ExitCode.UNKNOWN : ExitCode.DONE;
    }
}
