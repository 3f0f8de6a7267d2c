package dev.foresail.eval.usersmodule;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code foresail eval users-module}: what {@code foresail new} writes is tested by Maven, offline: 200 seeds of 31 nodes amid faults,
 * each a test. Foresail must be installed in the local repository ({@code mvn -Dforesail.quick install}). Real time: figures differ
 * from run to run.
 */
public final class UsersModule implements Experiment {
    private static final String NAME = "work-dispatch";
    private static final String TEST = "WorkDispatchTest#noSeedBreaksAProperty";
    private static final int SEEDS = 200;
    private static final int ROUNDS = 5;
    private static final double MOST_SECONDS = 5;

    @Override
    public String name() {
        return "users-module";
    }

    @Override
    public String summary() {
        return "what 200 seeds of 31 nodes take in a new project's tests, in Maven";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.QUICK);
    }

    @Override
    public Report run(Options options) throws IOException, InterruptedException {
        int rounds = options.quick() ? 1 : ROUNDS;
        List<MavenRun> runs = new ArrayList<>();
        Path directory = Files.createTempDirectory("foresail-users-module");
        try (Progress progress = Progress.onStandardError("testing")) {
            Path project = directory.resolve(NAME);
            write(project);
            for (int round = 0; round < rounds; round++) {
                Optional<MavenRun> run = options.interruption().isRequested()
                        ? Optional.empty()
                        : MavenRun.play("mvn", project, TEST, options.interruption());
                run.ifPresent(runs::add);
                progress.update(round + 1, rounds);
            }
        } finally {
            delete(directory);
        }
        return report(runs, options.command(this));
    }

    private static void write(Path project) {
        StringWriter said = new StringWriter();
        int code = Foresail.execute(
                List.of("new", NAME, "--directory", project.toString()), new PrintWriter(said), new PrintWriter(said));
        if (code != ExitCode.DONE) {
            throw new IllegalStateException("foresail new: " + said);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException undeletable) {
                    throw new UncheckedIOException(undeletable);
                }
            });
        }
    }

    /** The arithmetic alone; the first run compiles, the others find that done. */
    static Report report(List<MavenRun> runs, String command) {
        Distribution tests =
                Distribution.of(runs.stream().map(run -> run.report().seconds()).toList());
        List<MavenRun> later = runs.subList(Math.min(1, runs.size()), runs.size());
        Distribution processes =
                Distribution.of(later.stream().map(MavenRun::seconds).toList());
        List<Bar> bars = new Bars()
                .below("test class with 200 seeds, as Surefire tells, median", tests.percentile(0.5), "s", MOST_SECONDS)
                .atLeast(
                        "seeds that were tested in each run",
                        Distribution.of(runs.stream()
                                        .map(run -> (double) run.report().tests())
                                        .toList())
                                .min(),
                        "tests",
                        SEEDS)
                .atMost(
                        "tests that failed",
                        Distribution.of(runs.stream()
                                        .map(run -> (double) run.report().failed())
                                        .toList())
                                .max(),
                        "tests",
                        0)
                .all();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("testClassSeconds", tests.summary());
        results.put(
                "firstMavenSeconds", runs.isEmpty() ? Double.NaN : runs.get(0).seconds());
        results.put("laterMavenSeconds", processes.summary());
        return new Report(SEEDS, bars, results, List.of(command));
    }
}
