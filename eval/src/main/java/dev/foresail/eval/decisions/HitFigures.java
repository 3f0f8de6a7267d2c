package dev.foresail.eval.decisions;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * What a decision from known values costs, measured by JMH in this process.
 *
 * @param p50Nanos of single decisions, as p99Nanos and p999Nanos; what reading the clock takes is in them
 * @param bytes allocated by one decision, the mean
 * @param decisions how many were timed
 */
record HitFigures(double p50Nanos, double p99Nanos, double p999Nanos, double bytes, long decisions) {
    /** Nothing was measured. */
    static final HitFigures NONE = new HitFigures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

    private static final int WARM_UPS = 5;
    private static final int QUICK_WARM_UPS = 3;
    private static final int MEASUREMENTS = 5;
    private static final int QUICK_MEASUREMENTS = 3;

    static HitFigures measure(boolean quick) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(quick ? 500 : 2000);
        RunResult run = new Runner(
                        new OptionsBuilder()
                                .include(KnownChildBenchmark.class.getName().replace(".", "\\."))
                                .forks(0)
                                .warmupIterations(quick ? QUICK_WARM_UPS : WARM_UPS)
                                .warmupTime(time)
                                .measurementIterations(quick ? QUICK_MEASUREMENTS : MEASUREMENTS)
                                .measurementTime(time)
                                .addProfiler(GCProfiler.class)
                                .build(),
                        // Standard output belongs to the result.
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream(), false, Charset.defaultCharset()),
                                VerboseMode.SILENT))
                .runSingle();
        Statistics nanos = run.getPrimaryResult().getStatistics();
        return new HitFigures(
                nanos.getPercentile(50), nanos.getPercentile(99), nanos.getPercentile(99.9), bytes(run), nanos.getN());
    }

    /** JMH 1.37 puts a dot that does not show before the names of profilers' results. */
    @SuppressWarnings("rawtypes")
    private static double bytes(RunResult run) {
        Map<String, Result> secondary = run.getSecondaryResults();
        return secondary.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(entry -> entry.getValue().getStatistics().getMean())
                .findFirst()
                .orElse(Double.NaN);
    }
}
