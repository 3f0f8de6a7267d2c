package dev.foresail.eval.prediction;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.RealClock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * {@code foresail eval prediction-depth}: how long consequence prediction takes to expand all its worlds to depth 12, from
 * snapshots of a live RandTree of 31 nodes while half of them rejoin. Real time: figures differ from run to run. The quick
 * version takes its snapshots from the simulator.
 */
public final class PredictionDepth implements Experiment {
    private static final int NODES = 31;
    private static final int SEEDS = 3;
    private static final int MOMENTS = 4;
    private static final int QUICK_MOMENTS = 3;
    private static final int REPETITIONS = 5;
    private static final int QUICK_REPETITIONS = 3;
    private static final long FIRST_SEED = 20_000;
    private static final int DEPTH = 12;
    private static final int WORKERS = 2;
    private static final double MOST_SECONDS = 1;
    /** A search that takes so long misses the bar, whatever it would find later. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long QUICK_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    @Override
    public String name() {
        return "prediction-depth";
    }

    @Override
    public String summary() {
        return "seconds of consequence prediction to depth 12 from a live RandTree's snapshots";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) {
        int seeds = options.seeds().orElse(options.quick() ? 1 : SEEDS);
        List<Moment<?>> moments = new ArrayList<>();
        int played = 0;
        try (Progress progress = Progress.onStandardError("recording")) {
            for (; played < seeds && !options.interruption().isRequested(); played++) {
                progress.update(played, seeds);
                long seed = FIRST_SEED + options.seedBase() + played + 1;
                Variant<?> variant = Variant.predicted(Variant.meanDepth());
                moments.addAll(
                        options.quick()
                                ? Recordings.simulated(variant, NODES, seed, QUICK_MOMENTS)
                                : Recordings.live(variant, NODES, seed, MOMENTS));
            }
        }
        List<Prediction> predictions = predict(moments, options.quick(), options.interruption());
        return report(predictions, played, options.command(this));
    }

    private static List<Prediction> predict(List<Moment<?>> moments, boolean quick, Interruption interruption) {
        SearchSettings settings = Prediction.settings(DEPTH, WORKERS, quick ? QUICK_PATIENCE_NANOS : PATIENCE_NANOS);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        List<Prediction> predictions = new ArrayList<>();
        try (Progress progress = Progress.onStandardError("predicting")) {
            SearchResources resources = new SearchResources(
                    workers,
                    RealClock::nanos,
                    () -> 0,
                    interruption::isRequested,
                    (depth, worlds, transitions, frontier) -> {});
            for (Moment<?> moment : moments) {
                for (PredictedFailure failure : PredictedFailure.values()) {
                    if (!interruption.isRequested()) {
                        predictions.add(Prediction.make(
                                moment, failure, settings, resources, quick ? QUICK_REPETITIONS : REPETITIONS));
                        progress.update(predictions.size(), 2.0 * moments.size());
                    }
                }
            }
        } finally {
            workers.shutdownNow();
        }
        return predictions;
    }

    /** The arithmetic alone. */
    static Report report(List<Prediction> predictions, int seeds, String command) {
        Distribution warm = Distribution.of(
                predictions.stream().map(Prediction::medianWarmSeconds).toList());
        long whole = predictions.stream().filter(Prediction::isWhole).count();
        long runs = predictions.stream()
                .map(prediction -> prediction.moment().seed())
                .distinct()
                .count();
        List<Bar> bars = new Bars()
                .atMost("worst snapshot: median of warm predictions to depth 12", warm.max(), "s", MOST_SECONDS)
                .atMost(
                        "predictions that did not expand all worlds",
                        predictions.isEmpty() ? Double.NaN : (double) (predictions.size() - whole),
                        "predictions",
                        0)
                .atLeast(
                        "runs with a snapshot in which messages are in flight",
                        (double) runs,
                        "runs",
                        Math.max(1, seeds))
                .all();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("medianWarmSeconds", warm.percentile(0.5));
        results.put(
                "worlds",
                Distribution.of(predictions.stream()
                                .map(prediction -> (double) prediction.report().distinctWorlds())
                                .toList())
                        .summary());
        results.put("worstWarmSeconds", warm.max());
        results.put(
                "firstColdSeconds",
                predictions.isEmpty() ? Double.NaN : predictions.get(0).coldSeconds());
        results.put("predictions", predictions.stream().map(Prediction::result).toList());
        return new Report(seeds, bars, results, List.of(command));
    }
}
