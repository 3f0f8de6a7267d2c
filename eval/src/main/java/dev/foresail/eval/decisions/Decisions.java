package dev.foresail.eval.decisions;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/**
 * {@code foresail eval decisions}: what a decision from known values costs (real time: differs from run to run), and which share
 * of RandTree's choices is answered at once because values are known before the event comes (simulated: the same every time).
 */
public final class Decisions implements Experiment {
    private static final int NODES = 31;
    private static final int SEEDS = 100;
    private static final int QUICK_SEEDS = 10;
    /** Seeds up to here were looked at while resolvers were written. */
    private static final long FIRST_SEED = 40_000;

    private static final double P99_MICROS = 5;
    private static final double BYTES = 200;
    private static final double AT_ONCE_PERCENT = 80;
    private static final int OPTIMUM = 5;
    private static final double OPTIMAL_PERCENT = 95;

    @Override
    public String name() {
        return "decisions";
    }

    @Override
    public String summary() {
        return "cost of a decision from known values; choices of RandTree answered at once";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        HitFigures hit = hit(options);
        int seeds = options.seeds().orElse(options.quick() ? QUICK_SEEDS : SEEDS);
        List<Callable<TreeDecisions>> work = new ArrayList<>();
        for (int number = 1; number <= seeds; number++) {
            long seed = FIRST_SEED + options.seedBase() + number;
            work.add(() -> TreeDecisions.play(NODES, seed));
        }
        List<TreeDecisions> runs;
        try (Progress progress = Progress.onStandardError("simulating")) {
            runs = ParallelRuns.all(work, Runtime.getRuntime().availableProcessors(), progress, options.interruption());
        }
        return report(hit, runs, options.command(this));
    }

    /** NaN when it is interrupted. */
    private static HitFigures hit(Options options) throws ExecutionException, InterruptedException {
        if (options.interruption().isRequested()) {
            return HitFigures.NONE;
        }
        ExecutorService runner =
                Executors.newSingleThreadExecutor(new DefaultThreadFactory("foresail-decisions", true));
        try {
            return options.interruption()
                    .resultOf(runner.submit(() -> HitFigures.measure(options.quick())))
                    .orElse(HitFigures.NONE);
        } finally {
            runner.shutdownNow();
        }
    }

    /** The arithmetic alone. */
    static Report report(HitFigures hit, List<TreeDecisions> runs, String command) {
        long all = sum(runs, TreeDecisions::all);
        double atOncePercent = all == 0 ? Double.NaN : 100.0 * sum(runs, TreeDecisions::atOnce) / all;
        long optimal = runs.stream()
                .filter(run -> run.levelsAfterJoin() == OPTIMUM && run.levelsAfterRejoin() == OPTIMUM)
                .count();
        List<Bar> bars = new Bars()
                .below("p99 of a decision from known values", hit.p99Nanos() / 1e3, "us", P99_MICROS)
                .atMost("bytes allocated by a decision from known values", hit.bytes(), "bytes", BYTES)
                .atLeast("choices answered at once from known values", atOncePercent, "%", AT_ONCE_PERCENT)
                .atLeast(
                        "seeds with 5 levels after join and rejoin",
                        runs.isEmpty() ? Double.NaN : 100.0 * optimal / runs.size(),
                        "%",
                        OPTIMAL_PERCENT)
                .all();
        return new Report(runs.size(), bars, results(hit, runs), List.of(command));
    }

    private static Map<String, Object> results(HitFigures hit, List<TreeDecisions> runs) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("hit", hit);
        results.put("atOnce", sum(runs, TreeDecisions::atOnce));
        results.put("afterWaiting", sum(runs, TreeDecisions::afterWaiting));
        results.put("byPolicy", sum(runs, TreeDecisions::byPolicy));
        results.put(
                "atOncePercentOfRuns",
                Distribution.of(runs.stream()
                                .map(run -> run.all() == 0 ? Double.NaN : 100.0 * run.atOnce() / run.all())
                                .toList())
                        .summary());
        results.put(
                "levelsAfterJoin",
                Distribution.of(runs.stream()
                                .map(TreeDecisions::levelsAfterJoin)
                                .toList())
                        .summaryWithCounts());
        results.put(
                "levelsAfterRejoin",
                Distribution.of(runs.stream()
                                .map(TreeDecisions::levelsAfterRejoin)
                                .toList())
                        .summaryWithCounts());
        return results;
    }

    private static long sum(List<TreeDecisions> runs, ToIntFunction<TreeDecisions> figure) {
        return runs.stream().mapToLong(figure::applyAsInt).sum();
    }
}
