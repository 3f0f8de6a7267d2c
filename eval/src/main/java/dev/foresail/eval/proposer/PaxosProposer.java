package dev.foresail.eval.proposer;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;

/**
 * {@code foresail eval paxos-proposer}: how long clients of a replicated log wait, by who proposes, in several settings; per seed all forms
 * have the same links and clients.
 */
public final class PaxosProposer implements Experiment {
    private static final int SEEDS = 10;
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration QUICK_MEASURED = Duration.ofSeconds(10);
    /** Seeds up to here were looked at while the forms were written. */
    private static final long FIRST_SEED = 1_000;
    /** Of each setting, in other regions. */
    private static final int EARLIER_RUNS = 4;

    private static final double MOST_OF_ORACLE = 1.05;
    private static final double MOST_OF_ROUND_ROBIN = 0.75;
    private static final double MOST_REGRET_PERCENT = 5;
    private static final double LEAST_WITHIN_PERCENT = 75;
    private static final double MOST_WITHIN_PERCENT = 85;
    private static final double LEAST_AT_ONCE_PERCENT = 60;

    @Override
    public String name() {
        return "paxos-proposer";
    }

    @Override
    public String summary() {
        return "commit latency of a replicated log, by who proposes: one leader, all in turn, or as predicted";
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? 1 : SEEDS);
        RegionNetworks networks = RegionNetworks.of(options.data());
        if (options.data().isPresent() && !networks.areMeasured()) {
            options.hints()
                    .accept("--data: there is no " + RegionNetworks.FILE + " in "
                            + options.data().get() + "; regions are synthetic");
        }
        Duration measured = options.quick() ? QUICK_MEASURED : MEASURED;
        PastResiduals before = learn(networks, FIRST_SEED + options.seedBase(), measured);
        List<Callable<SortedMap<String, ProposerRun.Outcome>>> work = new ArrayList<>();
        for (int number = 1; number <= seeds; number++) {
            long seed = FIRST_SEED + options.seedBase() + number;
            for (ProposerSetting setting : ProposerSetting.values()) {
                work.add(() -> runs(setting, networks.draw(seed), seed, measured, before));
            }
        }
        List<SortedMap<String, ProposerRun.Outcome>> done;
        try (Progress progress = Progress.onStandardError("simulating")) {
            int threads = Runtime.getRuntime().availableProcessors();
            done = ParallelRuns.all(work, threads, progress, options.interruption());
        }
        int wholeSeeds = done.size() / ProposerSetting.values().length;
        return report(figures(done, wholeSeeds), wholeSeeds, networks.areMeasured(), options.command(this));
    }

    /** How right predictions are, of runs with seeds that no others have, from this one down. */
    private static PastResiduals learn(RegionNetworks networks, long seed, Duration measured) {
        PastResiduals.Collector residuals = new PastResiduals.Collector();
        for (long earlier = seed; earlier > seed - EARLIER_RUNS; earlier--) {
            for (ProposerSetting setting : ProposerSetting.values()) {
                new ProposerRun<>(ProposerForm.exposed(), setting, networks.draw(earlier), earlier, measured, false)
                        .telling(residuals)
                        .play();
            }
        }
        return residuals.residuals();
    }

    /**
     * All forms in a setting.
     *
     * @param before how right predictions were in earlier runs
     */
    static SortedMap<String, ProposerRun.Outcome> runs(
            ProposerSetting setting, Topology regions, long seed, Duration measured, PastResiduals before) {
        List<ProposerForm<?>> forms = new ArrayList<>();
        for (int leader = 1; leader <= ProposerSetting.REPLICAS; leader++) {
            forms.add(ProposerForm.fixed(leader));
        }
        forms.add(ProposerForm.mencius());
        forms.add(ProposerForm.exposed(before));
        forms.add(ProposerForm.unpredicted(ResolverSettings.Kind.FIRST));
        forms.add(ProposerForm.unpredicted(ResolverSettings.Kind.RANDOM));
        SortedMap<String, ProposerRun.Outcome> runs = new TreeMap<>();
        for (ProposerForm<?> form : forms) {
            runs.put(form.name(), new ProposerRun<>(form, setting, regions, seed, measured, true).play());
        }
        return runs;
    }

    private static List<SettingFigures> figures(List<SortedMap<String, ProposerRun.Outcome>> done, int seeds) {
        List<SettingFigures> figures = new ArrayList<>();
        ProposerSetting[] settings = ProposerSetting.values();
        for (int setting = 0; setting < settings.length; setting++) {
            List<SortedMap<String, ProposerRun.Outcome>> own = new ArrayList<>();
            for (int seed = 0; seed < seeds; seed++) {
                own.add(done.get(seed * settings.length + setting));
            }
            figures.add(new SettingFigures(settings[setting], own));
        }
        return Collections.unmodifiableList(figures);
    }

    static Report report(List<SettingFigures> settings, int seeds, boolean areMeasured, String command) {
        HindsightFigures hindsight = new HindsightFigures(List.of());
        DecisionCounts decisions = DecisionCounts.NONE;
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("regions", areMeasured ? RegionNetworks.FILE : "synthetic");
        for (SettingFigures figures : settings) {
            hindsight = hindsight.plus(figures.hindsight());
            decisions = decisions.plus(figures.decisions());
            results.put(figures.setting().label(), figures.results());
        }
        results.put("decisions", decisions);
        results.put("hindsight", hindsight.results());
        return new Report(seeds, bars(settings, hindsight, decisions), results, List.of(command));
    }

    private static List<Bar> bars(List<SettingFigures> settings, HindsightFigures hindsight, DecisionCounts decisions) {
        Bars bars = new Bars();
        for (SettingFigures figures : settings) {
            String label = figures.setting().label() + ": exposed of the best fixed leader, ";
            bars.atMost(
                            label + "mean",
                            figures.exposedOf(SettingFigures.ORACLE, SettingFigures::mean),
                            "",
                            MOST_OF_ORACLE)
                    .atMost(
                            label + "p99",
                            figures.exposedOf(SettingFigures.ORACLE, SettingFigures::high),
                            "",
                            MOST_OF_ORACLE);
        }
        double half = settings.size() / 2.0;
        bars.atLeast(
                        "settings in which exposed is 25 % below round-robin, mean",
                        better(settings, false), "settings", half)
                .atLeast(
                        "settings in which exposed is 25 % below round-robin, p99",
                        better(settings, true), "settings", half)
                .below(
                        "worst setting: exposed of always the same handler, mean",
                        worst(settings, SettingFigures.KEEP),
                        "",
                        1)
                .below(
                        "worst setting: exposed of a handler at random, mean",
                        worst(settings, SettingFigures.RANDOM),
                        "",
                        1)
                .atLeast(
                        "choices answered by known values, without waiting",
                        decisions.total() == 0 ? Double.NaN : 100.0 * decisions.cached() / decisions.total(),
                        "%",
                        LEAST_AT_ONCE_PERCENT)
                .atMost("regret in hindsight", hindsight.regretPercent(), "%", MOST_REGRET_PERCENT)
                .atLeast(
                        "outcomes within the stated intervals of 80 %",
                        hindsight.withinIntervalPercent(), "%", LEAST_WITHIN_PERCENT)
                .atMost("the same, no wider than need be", hindsight.withinIntervalPercent(), "%", MOST_WITHIN_PERCENT)
                .atMost("handlers that threw, of all forms", all(settings, SettingFigures::failures), "failures", 0)
                .atMost(
                        "commands never executed by the exposed form",
                        all(settings, SettingFigures::neverExecuted),
                        "commands",
                        0);
        return bars.all();
    }

    private static double all(List<SettingFigures> settings, ToLongFunction<SettingFigures> count) {
        return settings.stream().mapToLong(count).sum();
    }

    private static double better(List<SettingFigures> settings, boolean high) {
        return settings.stream()
                .mapToDouble(figures -> figures.exposedOf(
                        SettingFigures.ROUND_ROBIN, high ? SettingFigures::high : SettingFigures::mean))
                .filter(share -> share <= MOST_OF_ROUND_ROBIN)
                .count();
    }

    private static double worst(List<SettingFigures> settings, String form) {
        return settings.stream()
                .mapToDouble(figures -> figures.exposedOf(form, SettingFigures::mean))
                .max()
                .orElse(Double.NaN);
    }
}
