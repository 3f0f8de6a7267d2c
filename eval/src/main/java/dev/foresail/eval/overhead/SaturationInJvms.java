package dev.foresail.eval.overhead;

import dev.foresail.eval.experiment.ChildJvm;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link Saturation} in several JVMs, one after another. What the compiler makes of the same code differs from one JVM to
 * the next, and stays so for as long as it runs: throughput with steering was 0.84 to 0.97 of that without it in runs of one JVM
 * each. A figure is the median of the JVMs', each of which is the median of its rounds.
 */
final class SaturationInJvms {
    private final Saturation.Plan plan;
    private final int count;
    private final Interruption interruption;
    private final Progress progress;

    /** @param plan of each JVM */
    SaturationInJvms(Saturation.Plan plan, int count, Interruption interruption, Progress progress) {
        this.plan = plan;
        this.count = count;
        this.interruption = interruption;
        this.progress = progress;
    }

    /** The rounds of each JVM that came to its end. */
    List<List<Saturation.Round>> play() throws IOException, InterruptedException {
        List<List<Saturation.Round>> all = new ArrayList<>();
        for (int jvm = 0; jvm < count && !interruption.isRequested(); jvm++) {
            progress.update(jvm, count);
            Optional<String> said = ChildJvm.run(
                    ManagementFactory.getRuntimeMXBean().getInputArguments(),
                    Main.class.getName(),
                    plan.written(),
                    interruption);
            if (said.isPresent()) {
                all.add(said.get().lines().map(Saturation.Round::read).toList());
            }
        }
        return all;
    }

    /** NaN without any. */
    static double medianRatio(List<List<Saturation.Round>> all, String of, String to) {
        return median(
                all.stream().map(each -> Saturation.medianRatio(each, of, to)).toList());
    }

    /** Medians, and each JVM's figures. */
    static Map<String, Object> results(List<List<Saturation.Round>> all) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put(
                "steerToOff",
                all.stream()
                        .map(each -> Saturation.medianRatio(each, Saturation.STEER, Saturation.OFF))
                        .toList());
        results.put(
                "steerToOffLoopTime",
                median(all.stream()
                        .map(each -> Saturation.medianTimeRatio(each, Saturation.STEER, Saturation.OFF))
                        .toList()));
        results.put("jvms", all.stream().map(Saturation::results).toList());
        return results;
    }

    private static double median(List<Double> figures) {
        return Distribution.of(figures).percentile(0.5);
    }

    /** One of the JVMs. */
    static final class Main {
        private Main() {}

        /** Writes a round to a line. */
        public static void main(String[] arguments) throws InterruptedException {
            try (Progress progress = Progress.onStandardError("saturating")) {
                new Saturation(Saturation.Plan.read(List.of(arguments)), new Interruption(), progress)
                        .play()
                        .forEach(round -> System.out.println(round.written()));
            }
            // Threads of the nodes that are closed may linger.
            System.exit(0);
        }
    }
}
