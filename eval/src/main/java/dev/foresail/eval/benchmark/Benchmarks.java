package dev.foresail.eval.benchmark;

import dev.foresail.eval.experiment.ShortJmh;
import dev.foresail.steering.cli.Experiment;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;

/**
 * {@code foresail eval benchmarks}: the JMH benchmarks in this process with few iterations. That is enough to see what has
 * become ten times slower and what allocates; for figures to quote, run them with JMH's own main and several forks. No bars.
 */
public final class Benchmarks implements Experiment {
    private static final String PACKAGE = Benchmarks.class.getPackageName().replace(".", "\\.") + "\\..*";

    @Override
    public String name() {
        return "benchmarks";
    }

    @Override
    public String summary() {
        return "time and allocation of the engine's small steps (JMH, in short)";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.QUICK);
    }

    @Override
    public Report run(Options options) throws ExecutionException, InterruptedException {
        Map<String, Object> results = new LinkedHashMap<>();
        ExecutorService runner =
                Executors.newSingleThreadExecutor(new DefaultThreadFactory("foresail-benchmarks", true));
        try {
            for (BenchmarkListEntry benchmark :
                    BenchmarkList.defaultList().find(ShortJmh.quiet(), List.of(PACKAGE), List.of())) {
                Future<RunResult> running = runner.submit(
                        () -> new Runner(jmh(benchmark.getUsername(), options.quick()), ShortJmh.quiet()).runSingle());
                options.interruption().resultOf(running).ifPresent(run -> results.put(name(run), figures(run)));
            }
        } finally {
            runner.shutdownNow();
        }
        return new Report(0, List.of(), results, List.of(options.command(this)));
    }

    private static org.openjdk.jmh.runner.options.Options jmh(String benchmark, boolean quick) {
        return (quick ? ShortJmh.options(3, 3, 200) : ShortJmh.options(5, 7, 1000))
                .include(Pattern.quote(benchmark))
                .build();
    }

    private static String name(RunResult run) {
        String full = run.getParams().getBenchmark();
        return full.substring(full.lastIndexOf('.') + 1);
    }

    private static Map<String, Object> figures(RunResult run) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put(
                "medianNanosPerOperation",
                run.getPrimaryResult().getStatistics().getPercentile(50));
        figures.put("bytesPerOperation", ShortJmh.bytesPerOperation(run));
        return figures;
    }
}
