package dev.foresail.eval.layercost;

import dev.foresail.eval.experiment.ChildJvm;
import dev.foresail.eval.experiment.ShortJmh;
import dev.foresail.steering.cli.Interruption;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.util.Statistics;

/**
 * What one message costs in one process.
 *
 * @param nanos of the processor, the median of its iterations
 * @param clockNanos on the clock, likewise: more where other processes want the processor too
 * @param bytes allocated for a message
 */
record MessageCost(double nanos, double clockNanos, double bytes) {
    /** How long a process measures: iterations until the code is compiled, and those that count. */
    record Size(int warmUps, int measurements, int iterationMillis) {
        static final Size FULL = new Size(10, 7, 700);
        static final Size QUICK = new Size(10, 3, 300);
    }

    /**
     * Measures in a process of its own, with the options of this one.
     *
     * @param layers 1 or 4
     * @return empty when the end was asked for
     */
    static Optional<MessageCost> inProcess(int layers, Size size, Interruption interruption)
            throws IOException, InterruptedException {
        List<String> arguments = List.of(
                Integer.toString(layers),
                Integer.toString(size.warmUps),
                Integer.toString(size.measurements),
                Integer.toString(size.iterationMillis));
        return ChildJvm.run(
                        ManagementFactory.getRuntimeMXBean().getInputArguments(),
                        Main.class.getName(),
                        arguments,
                        interruption)
                .map(MessageCost::read);
    }

    static MessageCost read(String said) {
        String[] figures = said.strip().split(" ", -1);
        return new MessageCost(
                Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
    }

    String written() {
        return nanos + " " + clockNanos + " " + bytes;
    }

    /** NaN when an iteration has none. */
    private static double median(Statistics iterations) {
        return Double.isNaN(iterations.getSum()) ? Double.NaN : iterations.getPercentile(50);
    }

    /** What runs in the other process. */
    static final class Main {
        private Main() {}

        /** @param arguments the number of layers; warm-ups, measurements and the milliseconds of each */
        public static void main(String[] arguments) throws RunnerException {
            int[] numbers =
                    List.of(arguments).stream().mapToInt(Integer::parseInt).toArray();
            System.out.println(measure(numbers[0], new Size(numbers[1], numbers[2], numbers[3]))
                    .written());
        }

        private static MessageCost measure(int layers, Size size) throws RunnerException {
            RunResult run = new Runner(
                            ShortJmh.options(size.warmUps, size.measurements, size.iterationMillis)
                                    .include(Pattern.quote(LayeredMessageBenchmark.class.getName()))
                                    .addProfiler(ProcessorTime.class)
                                    .param("layers", Integer.toString(layers))
                                    .build(),
                            ShortJmh.quiet())
                    .runSingle();
            return new MessageCost(
                    ShortJmh.profiled(run, ProcessorTime.NAME)
                            .map(MessageCost::median)
                            .orElse(Double.NaN),
                    median(run.getPrimaryResult().getStatistics()),
                    ShortJmh.bytesPerOperation(run));
        }
    }
}
