package dev.foresail.eval.prediction;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What consequence prediction from a moment came to.
 *
 * @param report of the last search
 * @param coldSeconds of the first search, which was the first to meet these states
 * @param warmSeconds of each repetition, every one with an explorer that has learnt nothing yet
 */
record Prediction(
        Moment<?> moment, PredictedFailure failure, SearchReport report, double coldSeconds, List<Double> warmSeconds) {
    private static final double NANOS_PER_SECOND = 1e9;

    Prediction {
        warmSeconds = List.copyOf(warmSeconds);
    }

    /** The search itself: on past violations, so that there is no end before the depth is reached. */
    static SearchSettings settings(int depth, int workers, long mostNanos) {
        return SearchSettings.DEFAULT
                .withKind(SearchKind.CONSEQUENCE)
                .withMaxDepth(depth)
                .withWorkers(workers)
                .withMaxNanos(mostNanos)
                .beyondViolations();
    }

    /** Searches once and then {@code repetitions} times more, until the end is asked for. */
    static <S> Prediction make(
            Moment<S> moment,
            PredictedFailure failure,
            SearchSettings settings,
            SearchResources resources,
            int repetitions) {
        SystemModel<S> model = moment.model(failure);
        SearchReport report = new Explorer<>(model, resources).search(settings);
        double cold = report.nanos() / NANOS_PER_SECOND;
        List<Double> warm = new ArrayList<>();
        for (int repetition = 0;
                repetition < repetitions && !resources.interrupted().getAsBoolean();
                repetition++) {
            report = new Explorer<>(model, resources).search(settings);
            warm.add(report.nanos() / NANOS_PER_SECOND);
        }
        return new Prediction(moment, failure, report, cold, warm);
    }

    /** Whether every world was expanded to the depth; else a limit came first. */
    boolean isWhole() {
        return report.ended() == Ended.DEPTH || report.ended() == Ended.EXHAUSTED;
    }

    double medianWarmSeconds() {
        return Distribution.of(warmSeconds).percentile(0.5);
    }

    Map<String, Object> result() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("seed", moment.seed());
        result.put("centre", moment.centre().toString());
        result.put("nodes", moment.snapshot().nodes().size());
        result.put("inFlight", moment.inFlight());
        result.put("unknownInFlight", moment.snapshot().unknownInFlight());
        result.put("failure", failure.label());
        result.put("worlds", report.distinctWorlds());
        result.put("transitions", report.transitions());
        result.put("handlerRuns", report.handlerRuns());
        result.put("depth", report.maxDepth());
        result.put("whole", isWhole());
        result.put("coldSeconds", coldSeconds);
        result.put("warmSeconds", warmSeconds);
        result.put("worldsByDepth", report.worldsByDepth());
        result.put(
                "violated",
                report.violations().stream().map(Violation::property).toList());
        return result;
    }
}
