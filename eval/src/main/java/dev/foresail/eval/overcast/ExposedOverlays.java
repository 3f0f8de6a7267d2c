package dev.foresail.eval.overcast;

import dev.foresail.eval.chord.NextHops;
import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.eval.randtree.MeasuredNetworks;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * {@code foresail eval exposed-overlays}: how much of a stream nodes of Overcast get, by its own rule, at random places and at places as predicted; and how long lookups over Chord take, with next hops by the published rule, by
 * proximity and as predicted, on the measured network where there is one ({@code --data}). Per seed all forms have the same links.
 */
public final class ExposedOverlays implements Experiment {
    private static final int NODES = 20;
    private static final int SEEDS = 5;
    /** Seeds up to here were looked at while the forms were written. */
    private static final long FIRST_SEED = 7_100;

    private static final int CHORD_SEEDS = 3;
    private static final int CHORD_NODES = 200;
    private static final int QUICK_CHORD_NODES = 40;
    private static final int CHORD_LOOKUPS = 5;
    private static final int QUICK_CHORD_LOOKUPS = 1;

    private static final double LEAST_OF_OWN_RULE_PERCENT = 110;
    private static final double LEAST_OF_RANDOM_PERCENT = 100;

    @Override
    public String name() {
        return "exposed-overlays";
    }

    @Override
    public String summary() {
        return "Overcast's bandwidth and Chord's lookups: by their own rules, and with places and next hops as predicted";
    }

    @Override
    public Report run(Options options) throws Exception {
        try (Progress progress = Progress.onStandardError("simulating")) {
            List<OvercastTrial.Outcome> places = places(seeds(SEEDS, options), progress, options);
            NextHops.Runs nextHops =
                    nextHops(options).play(seeds(CHORD_SEEDS, options), progress, options.interruption());
            int wholeSeeds = places.size() / OvercastForm.all().size();
            return report(places, nextHops, wholeSeeds, options.command(this));
        }
    }

    private static List<Long> seeds(int usual, Options options) {
        long last = options.seeds().orElse(options.quick() ? 1 : usual);
        return LongStream.rangeClosed(1, last)
                .map(number -> FIRST_SEED + options.seedBase() + number)
                .boxed()
                .toList();
    }

    private static NextHops nextHops(Options options) {
        Optional<MeasuredNetworks> measured = options.data().flatMap(MeasuredNetworks::in);
        if (options.data().isPresent() && measured.isEmpty()) {
            options.hints()
                    .accept("--data: there is no " + MeasuredNetworks.FILE + " in "
                            + options.data().get() + "; Chord runs on a synthetic wide area");
        }
        return options.quick()
                ? new NextHops(measured, QUICK_CHORD_NODES, QUICK_CHORD_LOOKUPS)
                : new NextHops(measured, CHORD_NODES, CHORD_LOOKUPS);
    }

    /** Of those seeds of which all forms were played. */
    private static List<OvercastTrial.Outcome> places(List<Long> seeds, Progress progress, Options options)
            throws Exception {
        List<OvercastForm<?>> forms = OvercastForm.all();
        List<Callable<OvercastTrial.Outcome>> work = new ArrayList<>();
        for (long seed : seeds) {
            forms.forEach(form -> work.add(() -> new OvercastTrial<>(form, NODES, seed).play()));
        }
        int threads = Runtime.getRuntime().availableProcessors();
        List<OvercastTrial.Outcome> done = ParallelRuns.all(work, threads, progress, options.interruption());
        return done.subList(0, done.size() - done.size() % forms.size());
    }

    static Report report(List<OvercastTrial.Outcome> runs, NextHops.Runs nextHops, int seeds, String command) {
        double predicted = mean(runs, OvercastForm.PREDICTED, OvercastTrial.Outcome::bytesPerSecond);
        double ownRule = mean(runs, OvercastForm.OWN_RULE, OvercastTrial.Outcome::bytesPerSecond);
        double random = mean(runs, OvercastForm.RANDOM, OvercastTrial.Outcome::bytesPerSecond);
        Bars bars = new Bars()
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
                        "handlers of Overcast that threw, of all forms",
                        runs.stream().mapToInt(OvercastTrial.Outcome::failures).sum(),
                        "failures",
                        0);
        nextHops.addTo(bars);
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("overcast", results(runs));
        results.put("chord", nextHops.results());
        return new Report(seeds, bars.all(), results, List.of(command));
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
