package dev.foresail.eval.layercost;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * JMH's profiler of the processor time of one operation: that of the threads in which operations run, so that what else the machine does
 * meanwhile is not in it. What compilers and collectors do in threads of their own is neither.
 */
public final class ProcessorTime implements InternalProfiler {
    /** The name of the figure, in nanoseconds per operation. */
    static final String NAME = "processor.time.norm";

    private static final String WORKER = "jmh-worker";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long startNanos;

    @Override
    public String getDescription() {
        return "processor time of the threads in which operations run";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        startNanos = workersNanos();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos =
                perOperation(workersNanos() - startNanos, result.getMetadata().getAllOps());
        return List.of(new ScalarResult(NAME, nanos, "ns/op", AggregationPolicy.AVG));
    }

    /** The time of one operation; NaN when no time was measured, as without a thread that is known, or without operations. */
    static double perOperation(long nanos, long operations) {
        return nanos > 0 && operations > 0 ? (double) nanos / operations : Double.NaN;
    }

    private long workersNanos() {
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo thread = threads.getThreadInfo(id);
            if (thread != null && thread.getThreadName().contains(WORKER)) {
                nanos += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return nanos;
    }
}
