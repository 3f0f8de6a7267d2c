package dev.foresail.eval.latency;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.LatencyHistogram;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code foresail eval choice-latency}: from the first look at an event to the decision, where the values of the
 * alternatives are known; on a live node that is fed over TCP. Real time: the figures differ from run to run.
 */
public final class ChoiceLatency implements Experiment {
    private static final int DECISIONS = 120_000;
    private static final int WARM_UP = 60_000;
    private static final int QUICK_DECISIONS = 20_000;
    private static final int QUICK_WARM_UP = 20_000;
    private static final int ENOUGH_DECISIONS = 100_000;
    private static final int QUICK_ENOUGH_DECISIONS = 15_000;
    private static final double P99_MICROS = 20;
    private static final long SEED = 1;

    @Override
    public String name() {
        return "choice-latency";
    }

    @Override
    public String summary() {
        return "time of a choice from known values on a live node";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        int warmUp = options.quick() ? QUICK_WARM_UP : WARM_UP;
        int decisions = options.quick() ? QUICK_DECISIONS : DECISIONS;
        int enough = options.quick() ? QUICK_ENOUGH_DECISIONS : ENOUGH_DECISIONS;
        try (Deployment deployment = Deployment.start(SEED + options.seedBase());
                Progress progress = Progress.onStandardError("deciding")) {
            return report(
                    new LatencyTrial(deployment, progress, options.interruption()).run(warmUp, decisions),
                    enough,
                    options.command(this));
        }
    }

    /** @param enough how many decisions from known values there have to be */
    static Report report(Reading reading, int enough, String command) {
        LatencyHistogram known = reading.knownLatency();
        List<Bar> bars = new Bars()
                .atLeast("warm decisions from known values", (double) known.count(), "decisions", enough)
                .below(
                        "p99 of a decision from known values",
                        known.count() == 0 ? Double.NaN : known.micros(0.99),
                        "us",
                        P99_MICROS)
                .all();
        return new Report(1, bars, results(reading), List.of(command));
    }

    private static Map<String, Object> results(Reading reading) {
        LatencyHistogram known = reading.knownLatency();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("decisions", reading.decisions());
        results.put("knownDecisions", known.count());
        results.put("knownPercent", reading.knownPercent());
        results.put("knownP50Micros", known.micros(0.5));
        results.put("knownP99Micros", known.micros(0.99));
        results.put("knownP999Micros", known.micros(0.999));
        results.put("knownMaxMicros", known.micros(1));
        Map<String, Object> gaps = new LinkedHashMap<>();
        reading.loopGaps().forEach((node, gap) -> gaps.put(node.toString(), gap.micros(1) / 1e3));
        results.put("longestLoopGapMillis", gaps);
        return results;
    }
}
