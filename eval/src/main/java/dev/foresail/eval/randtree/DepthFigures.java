package dev.foresail.eval.randtree;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.predictor.simulate.DecisionCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The runs of an experiment, by schedule and variant. Immutable. */
final class DepthFigures {
    private final Map<String, Map<String, List<DepthRun>>> runs = new LinkedHashMap<>();

    DepthFigures(List<DepthRun> all) {
        for (DepthRun run : all) {
            runs.computeIfAbsent(run.group(), group -> new LinkedHashMap<>())
                    .computeIfAbsent(run.variant(), variant -> new ArrayList<>())
                    .add(run);
        }
    }

    List<DepthRun> of(DepthSchedule schedule, String variant) {
        return runs.getOrDefault(schedule.label(), Map.of()).getOrDefault(variant, List.of());
    }

    /** The share of runs in percent whose trees are as flat as can be both times; NaN without runs. */
    double optimalPercent(DepthSchedule schedule, String variant, int levels) {
        List<DepthRun> some = of(schedule, variant);
        long optimal = some.stream().filter(run -> run.isOptimal(levels)).count();
        return some.isEmpty() ? Double.NaN : 100.0 * optimal / some.size();
    }

    /** The deepest tree of all runs, before or after the failure; NaN as soon as one run did not finish. */
    double deepest(DepthSchedule schedule, String variant) {
        return of(schedule, variant).stream()
                .mapToDouble(run -> Math.max(run.afterJoin(), run.afterRejoin()))
                .reduce(Math::max)
                .orElse(Double.NaN);
    }

    /** The mean over the runs of the maximum depth after the rejoin; NaN as soon as one run did not finish. */
    double meanAfterRejoin(DepthSchedule schedule, String variant) {
        return of(schedule, variant).stream()
                .mapToDouble(DepthRun::afterRejoin)
                .average()
                .orElse(Double.NaN);
    }

    /** The share in percent of a variant's decisions, in all schedules, that rest on a prediction; NaN without decisions. */
    double foreseenPercent(String variant) {
        DecisionCounts counts = DecisionCounts.NONE;
        for (DepthSchedule schedule : DepthSchedule.all()) {
            counts = counts.plus(decisions(of(schedule, variant)));
        }
        return counts.total() == 0 ? Double.NaN : 100.0 * (counts.predicted() + counts.cached()) / counts.total();
    }

    private static DecisionCounts decisions(List<DepthRun> some) {
        return some.stream().map(DepthRun::decisions).reduce(DecisionCounts.NONE, DecisionCounts::plus);
    }

    long unfinished() {
        return all().stream().filter(DepthRun::isUnfinished).count();
    }

    long failures() {
        return all().stream().mapToLong(DepthRun::failures).sum();
    }

    private List<DepthRun> all() {
        return runs.values().stream()
                .flatMap(variants -> variants.values().stream())
                .flatMap(List::stream)
                .toList();
    }

    /** For the report: per schedule and variant the distributions of depths and times, and how choices were decided. */
    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        runs.forEach((group, variants) -> {
            Map<String, Object> byVariant = new LinkedHashMap<>();
            variants.forEach((variant, some) -> byVariant.put(variant, result(some)));
            results.put(group, byVariant);
        });
        return results;
    }

    private static Map<String, Object> result(List<DepthRun> some) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("maxDepthAfterJoin", distribution(some, DepthRun::afterJoin).summaryWithCounts());
        result.put(
                "maxDepthAfterRejoin", distribution(some, DepthRun::afterRejoin).summaryWithCounts());
        result.put("secondsToJoin", distribution(some, DepthRun::secondsToJoin).summary());
        result.put(
                "secondsToRejoin", distribution(some, DepthRun::secondsToRejoin).summary());
        result.put("decisions", decisions(some));
        result.put("handlerFailures", some.stream().mapToInt(DepthRun::failures).sum());
        return result;
    }

    private static Distribution distribution(List<DepthRun> some, ToDoubleFunction<DepthRun> figure) {
        return Distribution.of(some.stream().map(figure::applyAsDouble).toList());
    }
}
