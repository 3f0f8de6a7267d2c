package dev.foresail.eval.overhead;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.LookAhead;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code foresail eval steering-overhead}: what steering costs a live node in throughput, latency and traffic, and what the
 * runtime costs at all. Real time: figures differ from run to run.
 */
public final class SteeringOverhead implements Experiment {
    private static final Saturation.Plan SATURATION = new Saturation.Plan(5, 30_000_000, 3, 1_500);
    private static final Saturation.Plan QUICK_SATURATION = new Saturation.Plan(2, 600_000, 2, 300);
    private static final RequestLatency.Plan LATENCY = new RequestLatency.Plan(5, 13, 4_000);
    private static final RequestLatency.Plan QUICK_LATENCY = new RequestLatency.Plan(1, 3, 1_000);
    private static final long SEED = 50_001;
    private static final int TREE_NODES = 31;
    private static final long TREE_MILLIS = 60_000;
    private static final long QUICK_TREE_MILLIS = 8_000;
    private static final double LEAST_OF_OFF = 0.95;
    private static final double LEAST_OF_BARE = 0.85;
    private static final double MOST_P99 = 1.10;
    private static final double MOST_KILOBITS = 10;
    private static final double MOST_MILLIS = 100;
    private static final int PLAYS = 3;

    @Override
    public String name() {
        return "steering-overhead";
    }

    @Override
    public String summary() {
        return "what steering costs a live node in throughput, latency and traffic";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEED_BASE, Option.QUICK);
    }

    /** All that was measured. */
    record Measured(
            List<List<Saturation.Round>> saturation,
            List<RequestLatency.Round> latency,
            TreeTraffic.Sent traffic,
            List<LookAhead> foresights) {}

    @Override
    public Report run(Options options) throws Exception {
        boolean quick = options.quick();
        Interruption interruption = options.interruption();
        List<List<Saturation.Round>> saturation;
        try (Progress progress = Progress.onStandardError("saturating")) {
            saturation = new Saturation(quick ? QUICK_SATURATION : SATURATION, interruption, progress).play();
        }
        List<RequestLatency.Round> latency;
        try (Progress progress = Progress.onStandardError("asking")) {
            latency = new RequestLatency(quick ? QUICK_LATENCY : LATENCY, interruption, progress).play();
        }
        TreeTraffic.Sent traffic;
        try (Progress progress = Progress.onStandardError("listening")) {
            TreeTraffic.Plan plan = new TreeTraffic.Plan(
                    TREE_NODES, quick ? QUICK_TREE_MILLIS : TREE_MILLIS, SEED + options.seedBase());
            traffic = new TreeTraffic(plan, interruption, progress).measure();
        }
        List<LookAhead> foresights;
        try (Progress progress = Progress.onStandardError("foreseeing")) {
            foresights = new Foresights(quick ? 1 : PLAYS, SEED + options.seedBase(), interruption, progress).measure();
        }
        return report(new Measured(saturation, latency, traffic, foresights), options.command(this));
    }

    /** The arithmetic alone. */
    static Report report(Measured measured, String command) {
        List<List<Saturation.Round>> saturation = measured.saturation();
        List<Bar> bars = new Bars()
                .atLeast(
                        "throughput of a saturated pair, with steering to without",
                        Saturation.medianRatio(saturation, Saturation.STEER, Saturation.OFF),
                        "x",
                        LEAST_OF_OFF)
                .atLeast(
                        "throughput of a saturated pair, without steering to bare Netty and Kryo",
                        Saturation.medianRatio(saturation, Saturation.OFF, Saturation.BARE),
                        "x",
                        LEAST_OF_BARE)
                .atMost(
                        "p99 from request to answer, with steering to without",
                        RequestLatency.medianP99Ratio(measured.latency()),
                        "x",
                        MOST_P99)
                .below(
                        "checkpoint traffic of the RandTree node that has most",
                        measured.traffic().mostCheckpointKilobits(),
                        "kbit/s",
                        MOST_KILOBITS)
                .below(
                        "median time from the snapshot that shows RT-1 to the filter in place",
                        Foresights.medianMillis(measured.foresights()),
                        "ms",
                        MOST_MILLIS)
                .all();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("saturatedPair", Saturation.results(saturation));
        results.put("requests", RequestLatency.results(measured.latency()));
        results.put("traffic", TreeTraffic.results(measured.traffic()));
        results.put("foresights", Foresights.results(measured.foresights()));
        return new Report(1, bars, results, List.of(command));
    }
}
