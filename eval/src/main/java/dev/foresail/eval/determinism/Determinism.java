package dev.foresail.eval.determinism;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ChildJvm;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.OwnOption;
import dev.foresail.steering.cli.Progress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code foresail eval determinism}: random protocols, each with many seeds, with and without faults, on one worker and on two, in this
 * process and in others: with other identity hashes, another locale, time zone and collector, and on other JDKs where they are named.
 * Every digest is to be the one of the same run on one worker in this process.
 */
public final class Determinism implements Experiment {
    static final List<Integer> WORKERS = List.of(1, 2);
    private static final int PROGRAMS = 20;
    private static final int SEEDS = 20;
    private static final int QUICK_PROGRAMS = 6;
    private static final int QUICK_SEEDS = 3;
    /** What may differ between two machines and shall make no difference. */
    private static final List<String> OTHERWISE = List.of(
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2",
            "-XX:+UseSerialGC",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Asia/Kolkata",
            "-Dfile.encoding=ISO-8859-9");

    static final OwnOption<List<Path>> OTHER_JAVA = new OwnOption<>(
            "--other-java",
            "PATH",
            List.of(),
            "another JDK's directory, to play all runs there too; several with '" + File.pathSeparator + "' between",
            "the directory of a JDK, with bin/java in it",
            Determinism::javas);

    private static Optional<List<Path>> javas(String text) {
        List<Path> found = new ArrayList<>();
        for (String directory : text.split(File.pathSeparator, -1)) {
            found.add(Path.of(directory, "bin", "java"));
        }
        return found.stream().allMatch(Files::isExecutable) ? Optional.of(List.copyOf(found)) : Optional.empty();
    }

    @Override
    public String name() {
        return "determinism";
    }

    @Override
    public String summary() {
        return "digests of random protocols, whatever the number of workers, the process and the JDK";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public List<OwnOption<?>> ownOptions() {
        return List.of(OTHER_JAVA);
    }

    @Override
    public Report run(Options options) throws IOException, InterruptedException {
        int programs = options.quick() ? QUICK_PROGRAMS : PROGRAMS;
        int seeds = options.seeds().orElse(options.quick() ? QUICK_SEEDS : SEEDS);
        List<Path> javas = new ArrayList<>(List.of(ChildJvm.own()));
        javas.addAll(options.own(OTHER_JAVA));
        Comparison comparison = new Comparison(RandomRun.all(programs, seeds, options.seedBase()));
        try (Progress progress = Progress.onStandardError("playing")) {
            play(comparison, options, progress);
            List<String> arguments =
                    List.of(Integer.toString(programs), Integer.toString(seeds), Long.toString(options.seedBase()));
            for (Path java : javas) {
                Optional<String> said = comparison.isWhole()
                        ? ChildJvm.run(
                                java, OTHERWISE, DigestsProcess.class.getName(), arguments, options.interruption())
                        : Optional.empty();
                said.ifPresent(digests -> comparison.elsewhere(java.toString(), digests));
            }
        }
        return report(comparison, seeds, javas.size(), options.command(this));
    }

    private static void play(Comparison comparison, Options options, Progress progress) {
        ExecutorService helpers = Executors.newCachedThreadPool(new DefaultThreadFactory("foresail-workers", true));
        try {
            int count = comparison.runs().size();
            for (int run = 0; run < count && !options.interruption().isRequested(); run++) {
                for (int workers : WORKERS) {
                    comparison.here(run, comparison.runs().get(run).play(workers, helpers));
                }
                progress.update(run + 1, count);
            }
        } finally {
            helpers.shutdownNow();
        }
    }

    /** The arithmetic alone. */
    static Report report(Comparison comparison, int seeds, int processes, String command) {
        boolean none = comparison.isEmpty();
        List<Bar> bars = new Bars()
                .atMost(
                        "runs whose digest is another one on two workers",
                        none ? Double.NaN : comparison.differentOnWorkers(),
                        "runs",
                        0)
                .atMost(
                        "runs whose digest is another one in another process",
                        comparison.processes() < processes ? Double.NaN : comparison.differentElsewhere(),
                        "runs",
                        0)
                .atLeast(
                        "runs without faults and choices that two workers shared to the end",
                        none ? Double.NaN : comparison.percentShared(),
                        "%",
                        100)
                .all();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("runs", comparison.runs().size());
        results.put("otherProcesses", comparison.processes());
        comparison.addTo(results);
        return new Report(seeds, bars, results, List.of(command));
    }
}
