package dev.foresail.eval.tiers;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment.Bar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The runs of the experiment, by form. Immutable. */
final class TiersFigures {
    private static final long BIN_MILLIS = 20;

    private static final double MOST_OF_NOT_IMAGINED_PERCENT = 50;
    private static final double MOST_OF_RANDOM_PERCENT = 60;
    private static final double MOST_OF_BETTER_AGGREGATE_PERCENT = 110;
    private static final double MOST_APART_MILLIS = 10;
    private static final double LEAST_SPREAD = 0.5;
    private static final double MOST_SPREAD = 2;

    private final Map<String, List<TiersRun>> forms = new LinkedHashMap<>();

    TiersFigures(List<TiersRun> runs) {
        runs.forEach(run ->
                forms.computeIfAbsent(run.form(), name -> new ArrayList<>()).add(run));
    }

    private List<TiersRun> of(TiersForm<?> form) {
        return forms.getOrDefault(form.name(), List.of());
    }

    private static double latePercent(List<TiersRun> runs) {
        return 100.0
                * runs.stream().mapToLong(TiersRun::late).sum()
                / runs.stream().mapToLong(TiersRun::requests).sum();
    }

    private static double meanWaitMillis(List<TiersRun> runs) {
        return runs.stream().mapToDouble(TiersRun::waitedMillis).sum()
                / runs.stream().mapToLong(TiersRun::requests).sum();
    }

    private static List<TiersRun.Foreseen> foreseen(List<TiersRun> runs) {
        return runs.stream().flatMap(run -> run.foreseen().stream()).toList();
    }

    private static double predictedMillis(List<TiersRun.Foreseen> foreseen) {
        return foreseen.stream().mapToDouble(TiersRun.Foreseen::mean).average().orElse(Double.NaN);
    }

    private static double waitedMillis(List<TiersRun.Foreseen> foreseen) {
        return foreseen.stream()
                .mapToDouble(TiersRun.Foreseen::waitedMillis)
                .average()
                .orElse(Double.NaN);
    }

    /** How far outcomes were from the mean that was predicted, for each of what the futures differed: 1 where ignorance is told as great as it is. */
    private static double spreadRatio(List<TiersRun.Foreseen> foreseen) {
        double errors = 0;
        double spreads = 0;
        for (TiersRun.Foreseen each : foreseen) {
            double error = each.waitedMillis() - each.mean();
            errors += error * error;
            spreads += each.spread() * each.spread();
        }
        return StrictMath.sqrt(errors / spreads);
    }

    List<Bar> bars() {
        List<TiersRun> imagined = of(TiersForm.IMAGINED);
        List<TiersRun.Foreseen> foreseen = foreseen(imagined);
        return new Bars()
                .atMost(
                        "late requests with servers imagined, in percent of those with servers that answer nothing",
                        100 * latePercent(imagined) / latePercent(of(TiersForm.NOT_IMAGINED)),
                        "%",
                        MOST_OF_NOT_IMAGINED_PERCENT)
                .atMost(
                        "late requests with servers imagined, in percent of those with brokers drawn at random",
                        100 * latePercent(imagined) / latePercent(of(TiersForm.RANDOM)),
                        "%",
                        MOST_OF_RANDOM_PERCENT)
                .atMost(
                        "late requests with servers imagined, in percent of those by the better aggregate",
                        ofBetterAggregatePercent(TiersFigures::latePercent),
                        "%",
                        MOST_OF_BETTER_AGGREGATE_PERCENT)
                .atMost(
                        "mean wait with servers imagined, in percent of that by the better aggregate",
                        ofBetterAggregatePercent(TiersFigures::meanWaitMillis),
                        "%",
                        MOST_OF_BETTER_AGGREGATE_PERCENT)
                .atMost(
                        "mean predicted wait and mean wait that came, apart by",
                        Math.abs(predictedMillis(foreseen) - waitedMillis(foreseen)),
                        "ms",
                        MOST_APART_MILLIS)
                .atLeast("errors for each predicted spread, at least", spreadRatio(foreseen), "ratio", LEAST_SPREAD)
                .atMost("errors for each predicted spread, at most", spreadRatio(foreseen), "ratio", MOST_SPREAD)
                .atMost(
                        "handlers that threw",
                        (double) forms.values().stream()
                                .flatMap(List::stream)
                                .mapToInt(TiersRun::failures)
                                .sum(),
                        "failures",
                        0)
                .all();
    }

    /** Of the figure that is smaller with one of the aggregates that an author has made for the purpose. */
    private double ofBetterAggregatePercent(ToDoubleFunction<List<TiersRun>> figure) {
        double better = Math.min(figure.applyAsDouble(of(TiersForm.MEAN)), figure.applyAsDouble(of(TiersForm.SHARE)));
        return 100 * figure.applyAsDouble(of(TiersForm.IMAGINED)) / better;
    }

    /** For the report. */
    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        forms.forEach((name, runs) -> results.put(name, result(runs)));
        results.put("predictedAndWaited", bins(foreseen(of(TiersForm.IMAGINED))));
        return results;
    }

    private static Map<String, Object> result(List<TiersRun> runs) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requests", runs.stream().mapToLong(TiersRun::requests).sum());
        result.put("latePercent", latePercent(runs));
        result.put("meanWaitMilliseconds", meanWaitMillis(runs));
        result.put(
                "decisions", runs.stream().map(TiersRun::decisions).reduce(DecisionCounts.NONE, DecisionCounts::plus));
        return result;
    }

    /** By how long the wait was predicted to be: how many there were, and how long they were. */
    private static Map<String, Object> bins(List<TiersRun.Foreseen> foreseen) {
        Map<Long, List<TiersRun.Foreseen>> bins = new TreeMap<>();
        foreseen.forEach(
                each -> bins.computeIfAbsent((long) each.mean() / BIN_MILLIS * BIN_MILLIS, bin -> new ArrayList<>())
                        .add(each));
        Map<String, Object> results = new LinkedHashMap<>();
        bins.forEach((bin, some) -> {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("requests", some.size());
            result.put("predictedMilliseconds", predictedMillis(some));
            result.put("waitedMilliseconds", waitedMillis(some));
            results.put("from " + bin + " ms", result);
        });
        return results;
    }
}
