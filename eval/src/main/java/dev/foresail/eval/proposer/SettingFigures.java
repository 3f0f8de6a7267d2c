package dev.foresail.eval.proposer;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.predictor.simulate.DecisionCounts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What came of all seeds of a setting. The oracle is, of every seed, the fixed leader whose mean turned out least.
 *
 * @param seeds of each seed the runs by form
 */
record SettingFigures(ProposerSetting setting, List<SortedMap<String, ProposerRun.Outcome>> seeds) {
    static final String ORACLE = "oracle";
    static final String ROUND_ROBIN = "round-robin";
    static final String EXPOSED = "exposed";
    static final String KEEP = "exposed-first";
    static final String RANDOM = "exposed-random";
    private static final String FIXED = "fixed-";
    private static final double HIGH = 0.99;

    SettingFigures {
        seeds = List.copyOf(seeds);
    }

    static double mean(ProposerRun.Outcome outcome) {
        return Distribution.of(outcome.latencies()).mean();
    }

    static double high(ProposerRun.Outcome outcome) {
        return Distribution.of(outcome.latencies()).percentile(HIGH);
    }

    /** A figure of a form, averaged over the seeds. */
    double average(String form, ToDoubleFunction<ProposerRun.Outcome> figure) {
        return seeds.stream()
                .mapToDouble(runs -> figure.applyAsDouble(run(runs, form)))
                .average()
                .orElse(Double.NaN);
    }

    /** A figure of the exposed form as a share of another's. */
    double exposedOf(String form, ToDoubleFunction<ProposerRun.Outcome> figure) {
        return average(EXPOSED, figure) / average(form, figure);
    }

    private static ProposerRun.Outcome run(SortedMap<String, ProposerRun.Outcome> runs, String form) {
        if (!form.equals(ORACLE)) {
            return Optional.ofNullable(runs.get(form)).orElseThrow();
        }
        return runs.entrySet().stream()
                .filter(run -> run.getKey().startsWith(FIXED))
                .map(Map.Entry::getValue)
                .min((one, other) -> Double.compare(mean(one), mean(other)))
                .orElseThrow();
    }

    private Collection<ProposerRun.Outcome> exposed() {
        return seeds.stream().map(runs -> run(runs, EXPOSED)).toList();
    }

    HindsightFigures hindsight() {
        HindsightFigures all = new HindsightFigures(List.of());
        for (ProposerRun.Outcome run : exposed()) {
            all = all.plus(run.hindsight());
        }
        return all;
    }

    DecisionCounts decisions() {
        return exposed().stream().map(ProposerRun.Outcome::counts).reduce(DecisionCounts.NONE, DecisionCounts::plus);
    }

    /** Handlers that threw, in the runs of all forms. */
    long failures() {
        return seeds.stream()
                .flatMap(runs -> runs.values().stream())
                .mapToLong(run -> run.failures().size())
                .sum();
    }

    /** Commands that were never executed, in the runs of the exposed form alone: a load may be too much for a fixed leader. */
    long neverExecuted() {
        return exposed().stream().mapToLong(ProposerRun.Outcome::unanswered).sum();
    }

    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        for (String form : List.of(ORACLE, ROUND_ROBIN, EXPOSED, KEEP, RANDOM)) {
            Map<String, Object> figures = new TreeMap<>();
            figures.put("meanMillis", average(form, SettingFigures::mean));
            figures.put("p99Millis", average(form, SettingFigures::high));
            figures.put("messages", average(form, ProposerRun.Outcome::messages));
            figures.put("controlMessages", average(form, ProposerRun.Outcome::controlMessages));
            results.put(form, figures);
        }
        results.put("decisions", decisions());
        results.put("hindsight", hindsight().results());
        return results;
    }
}
