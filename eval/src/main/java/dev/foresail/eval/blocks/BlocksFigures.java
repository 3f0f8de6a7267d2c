package dev.foresail.eval.blocks;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment.Bar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The runs of the experiment, by setting and form. Immutable. */
final class BlocksFigures {
    private static final double MOST_OF_BEST_PERCENT = 102;
    private static final double LEAST_GAIN_PERCENT = 15;
    private static final double MOST_REGRET_PERCENT = 5;
    private static final double LEAST_WITHIN_PERCENT = 75;
    private static final double MOST_WITHIN_PERCENT = 85;
    private static final double LEAST_AT_ONCE_PERCENT = 60;

    /** Whose alternatives are chosen by prediction, or not. */
    private static final Set<String> NOT_HARD_CODED = Set.of(BlocksForm.EXPOSED, BlocksForm.EXPOSED_RANDOM);

    /** What is compared. */
    private static final Map<String, ToDoubleFunction<BlocksRun>> COMPLETIONS = completions();

    private final Map<String, Map<String, List<BlocksRun>>> settings = new LinkedHashMap<>();

    BlocksFigures(List<BlocksRun> runs) {
        for (BlocksRun run : runs) {
            settings.computeIfAbsent(run.setting(), name -> new LinkedHashMap<>())
                    .computeIfAbsent(run.form(), name -> new ArrayList<>())
                    .add(run);
        }
    }

    private static Map<String, ToDoubleFunction<BlocksRun>> completions() {
        Map<String, ToDoubleFunction<BlocksRun>> completions = new LinkedHashMap<>();
        completions.put("median completion", BlocksRun::medianSeconds);
        completions.put("last completion", BlocksRun::lastSeconds);
        return completions;
    }

    private static Distribution of(List<BlocksRun> runs, ToDoubleFunction<BlocksRun> figure) {
        return Distribution.of(runs.stream().map(figure::applyAsDouble).toList());
    }

    /** The median over the seeds; a run that did not get so far is later than any. */
    private static double median(List<BlocksRun> runs, ToDoubleFunction<BlocksRun> completion) {
        return of(runs, run -> {
                    double seconds = completion.applyAsDouble(run);
                    return Double.isNaN(seconds) ? Double.POSITIVE_INFINITY : seconds;
                })
                .percentile(0.5);
    }

    /** What the exposed form takes of each hard-coded one, in percent: medians over the seeds. */
    private static Map<String, Double> percentOf(
            Map<String, List<BlocksRun>> forms, ToDoubleFunction<BlocksRun> completion) {
        double exposed = median(forms.getOrDefault(BlocksForm.EXPOSED, List.of()), completion);
        Map<String, Double> percent = new LinkedHashMap<>();
        forms.forEach((form, runs) -> {
            if (!NOT_HARD_CODED.contains(form)) {
                percent.put(form, 100 * exposed / median(runs, completion));
            }
        });
        return percent;
    }

    private static double most(Map<String, Double> percent) {
        return percent.values().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private List<BlocksRun> exposed() {
        return settings.values().stream()
                .flatMap(forms -> forms.getOrDefault(BlocksForm.EXPOSED, List.of()).stream())
                .toList();
    }

    private List<BlocksRun> all() {
        return settings.values().stream()
                .flatMap(forms -> forms.values().stream().flatMap(List::stream))
                .toList();
    }

    private HindsightFigures hindsight() {
        return exposed().stream()
                .map(BlocksRun::hindsight)
                .reduce(new HindsightFigures(List.of()), HindsightFigures::plus);
    }

    private double atOncePercent() {
        long decisions =
                exposed().stream().mapToLong(run -> run.decisions().total()).sum();
        return decisions == 0
                ? Double.NaN
                : 100.0 * exposed().stream().mapToLong(BlocksRun::atOnce).sum() / decisions;
    }

    List<Bar> bars() {
        Bars bars = new Bars();
        double gain = Double.NaN;
        for (Map.Entry<String, Map<String, List<BlocksRun>>> setting : settings.entrySet()) {
            for (Map.Entry<String, ToDoubleFunction<BlocksRun>> completion : COMPLETIONS.entrySet()) {
                double most = most(percentOf(setting.getValue(), completion.getValue()));
                gain = Double.isNaN(gain) ? 100 - most : Math.max(gain, 100 - most);
                bars.atMost(
                        setting.getKey() + ", " + completion.getKey() + ": of that of the best hard-coded form",
                        most,
                        "%",
                        MOST_OF_BEST_PERCENT);
            }
        }
        HindsightFigures hindsight = hindsight();
        long unfinished =
                all().stream().filter(run -> Double.isNaN(run.lastSeconds())).count();
        return bars.atLeast(
                        "sooner than each hard-coded form, in the setting where most is gained",
                        gain,
                        "%",
                        LEAST_GAIN_PERCENT)
                .atMost("regret of predicted choices", hindsight.regretPercent(), "%", MOST_REGRET_PERCENT)
                .atLeast(
                        "outcomes within the stated intervals of 80 %",
                        hindsight.withinIntervalPercent(), "%", LEAST_WITHIN_PERCENT)
                .atMost("the same, no wider than need be", hindsight.withinIntervalPercent(), "%", MOST_WITHIN_PERCENT)
                .atLeast("decisions answered at once", atOncePercent(), "%", LEAST_AT_ONCE_PERCENT)
                .atMost("runs in which not every node got the file", (double) unfinished, "runs", 0)
                .atMost(
                        "handlers that threw",
                        (double) all().stream().mapToInt(BlocksRun::failures).sum(),
                        "failures",
                        0)
                .all();
    }

    /** For the report. */
    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("hindsight", hindsight().results());
        settings.forEach((setting, forms) -> {
            Map<String, Object> bySetting = new LinkedHashMap<>();
            COMPLETIONS.forEach((name, completion) ->
                    bySetting.put("exposed in percent of each, " + name, percentOf(forms, completion)));
            forms.forEach((form, runs) -> bySetting.put(form, result(runs)));
            results.put(setting, bySetting);
        });
        return results;
    }

    private static Map<String, Object> result(List<BlocksRun> runs) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("medianSeconds", of(runs, BlocksRun::medianSeconds).summary());
        result.put("lastSeconds", of(runs, BlocksRun::lastSeconds).summary());
        result.put("messages", of(runs, BlocksRun::messages).summary());
        result.put("controlMessages", of(runs, BlocksRun::controlMessages).summary());
        result.put(
                "decisions", runs.stream().map(BlocksRun::decisions).reduce(DecisionCounts.NONE, DecisionCounts::plus));
        return result;
    }
}
