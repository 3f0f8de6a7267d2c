package dev.foresail.eval.steering;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.eval.steering.TreeChurn.Outcome;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.OwnOption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.SteeringMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * {@code foresail eval steering-randtree}: inconsistent states of RandTree under churn, with its three known bugs, without
 * steering and with it; and how often steering meddles with the mended protocol. In virtual time: the same seeds give the
 * same figures.
 */
public final class SteeringRandTree implements Experiment {
    private static final int SEEDS = 20;
    private static final int QUICK_SEEDS = 2;
    private static final long FIRST_SEED = 40_000;
    private static final String BUGS = "RT-1,RT-2,RT-3";
    private static final double MOST_JOIN_TIME = 1.10;

    @Override
    public String name() {
        return "steering-randtree";
    }

    @Override
    public String summary() {
        return "inconsistent states of RandTree under churn, without steering and with it";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public List<OwnOption<?>> ownOptions() {
        return List.of(MendedOnly.OPTION);
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? QUICK_SEEDS : SEEDS);
        List<Trial> trials = options.own(MendedOnly.OPTION) ? List.of(Trial.MENDED) : List.of(Trial.values());
        List<Callable<Outcome>> work = new ArrayList<>();
        for (int played = 0; played < seeds; played++) {
            long seed = FIRST_SEED + options.seedBase() + played;
            trials.forEach(trial -> work.add(() -> new TreeChurn(trial.bugs, trial.mode, seed).play()));
        }
        List<Outcome> outcomes;
        try (Progress progress = Progress.onStandardError("churning")) {
            int threads = Runtime.getRuntime().availableProcessors();
            outcomes = ParallelRuns.all(work, threads, progress, options.interruption());
        }
        int whole = outcomes.size() / trials.size() * trials.size();
        Map<Trial, List<Outcome>> byTrial = new EnumMap<>(Trial.class);
        for (int place = 0; place < whole; place++) {
            byTrial.computeIfAbsent(trials.get(place % trials.size()), added -> new ArrayList<>())
                    .add(outcomes.get(place));
        }
        List<Outcome> mended = byTrial.getOrDefault(Trial.MENDED, List.of());
        return trials.size() == 1
                ? report(mended, options.command(this))
                : report(
                        byTrial.getOrDefault(Trial.WITHOUT, List.of()),
                        byTrial.getOrDefault(Trial.WITH, List.of()),
                        mended,
                        options.command(this));
    }

    /** What is played with every seed. */
    private enum Trial {
        WITHOUT(BUGS, SteeringMode.OFF),
        WITH(BUGS, SteeringMode.STEER),
        MENDED("none", SteeringMode.STEER);

        private final String bugs;
        private final SteeringMode mode;

        Trial(String bugs, SteeringMode mode) {
            this.bugs = bugs;
            this.mode = mode;
        }
    }

    /** Of the mended protocol alone. */
    static Report report(List<Outcome> mended, String command) {
        List<Bar> bars = alarms(new Bars(), mended).all();
        return new Report(mended.size(), bars, Map.of("mended", summary(mended)), List.of(command));
    }

    private static Bars alarms(Bars bars, List<Outcome> mended) {
        long interventions = sum(mended, outcome -> outcome.interventions().size());
        return MendedOnly.addTo(bars, interventions, sum(mended, Outcome::events));
    }

    /** The arithmetic alone. */
    static Report report(List<Outcome> without, List<Outcome> with, List<Outcome> mended, String command) {
        double unsteered = mean(without, Outcome::inconsistentStates);
        double uncaught = with.isEmpty() ? Double.NaN : sum(with, Outcome::inconsistentStates);
        double joinTime = medianJoin(with) / medianJoin(without);
        Bars bars = new Bars()
                .atLeast("inconsistent states of single nodes without steering", unsteered, "per run", 1)
                .atMost("inconsistent states of single nodes with steering", uncaught, "in all runs", 0)
                .atMost("median time to join, with steering to without", joinTime, "x", MOST_JOIN_TIME);
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("without", summary(without));
        results.put("with", summary(with));
        results.put("mended", summary(mended));
        return new Report(without.size(), alarms(bars, mended).all(), results, List.of(command));
    }

    private interface Figure {
        long of(Outcome outcome);
    }

    private static long sum(List<Outcome> outcomes, Figure figure) {
        return outcomes.stream().mapToLong(figure::of).sum();
    }

    private static double mean(List<Outcome> outcomes, Figure figure) {
        return sum(outcomes, figure) / (double) outcomes.size();
    }

    private static double medianJoin(List<Outcome> outcomes) {
        return Distribution.of(outcomes.stream()
                        .flatMap(outcome -> outcome.joinSeconds().stream())
                        .toList())
                .percentile(0.5);
    }

    private static Map<String, Object> summary(List<Outcome> outcomes) {
        SortedMap<String, Long> inconsistencies = new TreeMap<>();
        List<Intervention> interventions = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            outcome.inconsistencies().forEach((name, count) -> inconsistencies.merge(name, count, Long::sum));
            interventions.addAll(outcome.interventions());
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("events", sum(outcomes, Outcome::events));
        summary.put("inconsistentStates", inconsistencies);
        summary.put(
                "inconsistentStatesPerRun",
                outcomes.stream().map(Outcome::inconsistentStates).toList());
        summary.put("loops", sum(outcomes, Outcome::loops));
        SortedMap<String, Long> counts = new TreeMap<>();
        outcomes.forEach(outcome -> outcome.counts().forEach((name, count) -> counts.merge(name, count, Long::sum)));
        summary.put("lookingAhead", counts);
        summary.put("interventions", SteeringTally.byKind(interventions));
        summary.put(
                "joins",
                outcomes.stream()
                        .mapToLong(outcome -> outcome.joinSeconds().size())
                        .sum());
        summary.put("medianJoinSeconds", medianJoin(outcomes));
        summary.put("handlersThatThrew", sum(outcomes, Outcome::failures));
        return summary;
    }
}
