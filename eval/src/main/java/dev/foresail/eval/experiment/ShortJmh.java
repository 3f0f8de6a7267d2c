package dev.foresail.eval.experiment;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** JMH in the process that it is called in, for experiments. */
public final class ShortJmh {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private ShortJmh() {}

    /**
     * Options for one process, in which allocation is measured too.
     *
     * @param iterationMillis what each of the iterations takes
     */
    public static ChainedOptionsBuilder options(int warmUps, int measurements, int iterationMillis) {
        TimeValue time = TimeValue.milliseconds(iterationMillis);
        return new OptionsBuilder()
                .forks(0)
                .warmupIterations(warmUps)
                .warmupTime(time)
                .measurementIterations(measurements)
                .measurementTime(time)
                .addProfiler(GCProfiler.class);
    }

    /** Standard output belongs to the result. */
    public static OutputFormat quiet() {
        return OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream(), false, Charset.defaultCharset()), VerboseMode.SILENT);
    }

    /** The mean of what one operation allocates; NaN where it is not known. */
    public static double bytesPerOperation(RunResult run) {
        return profiled(run, ALLOCATION).map(Statistics::getMean).orElse(Double.NaN);
    }

    /** What a profiler has found in each iteration, by the end of the figure's name: JMH 1.37 puts a dot that does not show before it. */
    @SuppressWarnings("rawtypes")
    public static Optional<Statistics> profiled(RunResult run, String name) {
        Map<String, Result> secondary = run.getSecondaryResults();
        return secondary.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name))
                .map(entry -> entry.getValue().getStatistics())
                .findFirst();
    }
}
