package dev.foresail.eval.decisions;

import dev.foresail.eval.experiment.ShortJmh;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
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
        int millis = quick ? 500 : 2000;
        RunResult run = new Runner(
                        ShortJmh.options(
                                        quick ? QUICK_WARM_UPS : WARM_UPS,
                                        quick ? QUICK_MEASUREMENTS : MEASUREMENTS,
                                        millis)
                                .include(KnownChildBenchmark.class.getName().replace(".", "\\."))
                                .build(),
                        ShortJmh.quiet())
                .runSingle();
        Statistics nanos = run.getPrimaryResult().getStatistics();
        return new HitFigures(
                nanos.getPercentile(50),
                nanos.getPercentile(99),
                nanos.getPercentile(99.9),
                ShortJmh.bytesPerOperation(run),
                nanos.getN());
    }
}
