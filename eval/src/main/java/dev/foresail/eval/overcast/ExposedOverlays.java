package dev.foresail.eval.overcast;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * {@code foresail eval exposed-overlays}: how much of a stream nodes of Overcast get, by its own rule, at random places and at places as predicted; per seed all forms have the same links.
 */
public final class ExposedOverlays implements Experiment {
    private static final int NODES = 20;
    private static final int SEEDS = 5;
    /** Seeds up to here were looked at while the forms were written. */
    private static final long FIRST_SEED = 7_100;

    private static final double LEAST_OF_OWN_RULE_PERCENT = 110;
    private static final double LEAST_OF_RANDOM_PERCENT = 100;

    @Override
    public String name() {
        return "exposed-overlays";
    }

    @Override
    public String summary() {
        return "bandwidth to the nodes of Overcast: by its own rule, at random places, and at places as predicted";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? 1 : SEEDS);
        List<OvercastForm<?>> forms = OvercastForm.all();
        List<Callable<OvercastTrial.Outcome>> work = new ArrayList<>();
        for (int number = 1; number <= seeds; number++) {
            long seed = FIRST_SEED + options.seedBase() + number;
            forms.forEach(form -> work.add(() -> new OvercastTrial<>(form, NODES, seed).play()));
        }
        List<OvercastTrial.Outcome> done;
        try (Progress progress = Progress.onStandardError("simulating")) {
            int threads = Runtime.getRuntime().availableProcessors();
            done = ParallelRuns.all(work, threads, progress, options.interruption());
        }
        int wholeSeeds = done.size() / forms.size();
        return report(done.subList(0, wholeSeeds * forms.size()), wholeSeeds, options.command(this));
    }

    static Report report(List<OvercastTrial.Outcome> runs, int seeds, String command) {
        double predicted = mean(runs, OvercastForm.PREDICTED, OvercastTrial.Outcome::bytesPerSecond);
        double ownRule = mean(runs, OvercastForm.OWN_RULE, OvercastTrial.Outcome::bytesPerSecond);
        double random = mean(runs, OvercastForm.RANDOM, OvercastTrial.Outcome::bytesPerSecond);
        List<Bar> bars = new Bars()
                .atLeast(
                        "bandwidth to nodes of Overcast, predicted of own rule",
                        100 * predicted / ownRule,
                        "%",
                        LEAST_OF_OWN_RULE_PERCENT)
                .atLeast(
                        "bandwidth to nodes of Overcast, predicted of random places",
                        100 * predicted / random,
                        "%",
                        LEAST_OF_RANDOM_PERCENT)
                .atMost(
                        "handlers that threw, of all forms",
                        runs.stream().mapToInt(OvercastTrial.Outcome::failures).sum(),
                        "failures",
                        0)
                .all();
        return new Report(seeds, bars, results(runs), List.of(command));
    }

    private static double mean(
            List<OvercastTrial.Outcome> runs, String form, ToDoubleFunction<OvercastTrial.Outcome> figure) {
        return runs.stream()
                .filter(run -> run.form().equals(form))
                .mapToDouble(figure)
                .average()
                .orElse(Double.NaN);
    }

    private static Map<String, Object> results(List<OvercastTrial.Outcome> runs) {
        Map<String, Object> results = new LinkedHashMap<>();
        for (String form : List.of(OvercastForm.OWN_RULE, OvercastForm.RANDOM, OvercastForm.PREDICTED)) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("meanBytesPerSecond", mean(runs, form, OvercastTrial.Outcome::bytesPerSecond));
            figures.put("bytesPerSecondBySeed", bySeed(runs, form));
            figures.put("meanDepth", mean(runs, form, OvercastTrial.Outcome::depth));
            figures.put("moves", mean(runs, form, OvercastTrial.Outcome::moves));
            figures.put("messages", mean(runs, form, OvercastTrial.Outcome::messages));
            figures.put("controlMessages", mean(runs, form, OvercastTrial.Outcome::controlMessages));
            figures.put("decisions", decisions(runs, form));
            results.put(form, figures);
        }
        return results;
    }

    private static Map<String, Double> bySeed(List<OvercastTrial.Outcome> runs, String form) {
        Map<String, Double> bySeed = new LinkedHashMap<>();
        runs.stream()
                .filter(run -> run.form().equals(form))
                .forEach(run -> bySeed.put(Long.toString(run.seed()), run.bytesPerSecond()));
        return bySeed;
    }

    private static DecisionCounts decisions(List<OvercastTrial.Outcome> runs, String form) {
        return runs.stream()
                .filter(run -> run.form().equals(form))
                .map(OvercastTrial.Outcome::decisions)
                .reduce(DecisionCounts.NONE, DecisionCounts::plus);
    }
}
