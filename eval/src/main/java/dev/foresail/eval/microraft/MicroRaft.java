package dev.foresail.eval.microraft;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.OwnOption;
import dev.foresail.steering.cli.Progress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * {@code foresail eval microraft}: somebody else's Raft as nodes of the simulator. How fast many groups run; whether the same seed gives
 * the same run; and whether what Raft promises holds under faults, and a mistake in the store below it is found. The speed is in real
 * time and differs from run to run, nothing else does.
 */
public final class MicroRaft implements Experiment {
    private static final double LEAST_SPEED = 60;
    /** Seeds up to here were looked at while the adapter was written. */
    private static final long FIRST_SEED = 20_000;

    private static final int EXAMPLES = 3;
    private static final OwnOption<Integer> GROUPS =
            OwnOption.count("--groups", 100, "how many groups of three run side by side for the speed");

    /** How much is done. */
    private record Size(Duration speedRun, int speedRuns, Duration faultyRun, int seeds) {
        static final Size FULL = new Size(Duration.ofSeconds(120), 6, Duration.ofSeconds(90), 100);
        static final Size QUICK = new Size(Duration.ofSeconds(30), 4, Duration.ofSeconds(60), 10);
    }

    @Override
    public String name() {
        return "microraft";
    }

    @Override
    public String summary() {
        return "a Raft library as nodes of the simulator: speed, determinism, and its promises under faults";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.QUICK, Option.SEEDS, Option.SEED_BASE);
    }

    @Override
    public List<OwnOption<?>> ownOptions() {
        return List.of(GROUPS);
    }

    @Override
    public Report run(Options options) throws Exception {
        Size size = options.quick() ? Size.QUICK : Size.FULL;
        int groups = options.own(GROUPS);
        long firstSeed = FIRST_SEED + options.seedBase() + 1;
        Speeds fast = speeds(options, groups, firstSeed, size);
        List<FaultySeed> faulty = faulty(options, firstSeed, size);
        return new Report(
                faulty.size(), bars(fast, faulty), results(groups, fast, faulty), List.of(options.command(this)));
    }

    /** The same run on each number of workers in turn. */
    private static Speeds speeds(Options options, int groups, long seed, Size size) {
        int processors = Runtime.getRuntime().availableProcessors();
        Speeds speeds = new Speeds();
        ExecutorService executor = Executors.newCachedThreadPool();
        try (Progress progress = Progress.onStandardError("simulating groups")) {
            for (int run = 0; run < size.speedRuns && !options.interruption().isRequested(); run++) {
                speeds.onAll().add(SpeedRun.of(groups, seed, size.speedRun, processors, executor));
                speeds.onOne().add(SpeedRun.of(groups, seed, size.speedRun, 1, executor));
                progress.update(run + 1, size.speedRuns);
            }
        } finally {
            executor.shutdownNow();
        }
        return speeds;
    }

    private static List<FaultySeed> faulty(Options options, long firstSeed, Size size) throws Exception {
        List<Callable<FaultySeed>> work = LongStream.range(
                        firstSeed, firstSeed + options.seeds().orElse(size.seeds))
                .<Callable<FaultySeed>>mapToObj(seed -> () -> FaultySeed.of(seed, size.faultyRun))
                .toList();
        try (Progress progress = Progress.onStandardError("simulating faults")) {
            int threads = Runtime.getRuntime().availableProcessors();
            return ParallelRuns.all(work, threads, progress, options.interruption());
        }
    }

    private static List<Bar> bars(Speeds fast, List<FaultySeed> faulty) {
        double digests = fast.all().map(SpeedRun::digest).distinct().count();
        double mistakes = fast.all().mapToInt(SpeedRun::mistakes).sum();
        double leastAtTheEnd = faulty.stream()
                .mapToDouble(seed -> seed.right().acknowledgedAtTheEnd())
                .min()
                .orElse(0);
        double unrepeated = count(faulty, seed -> !seed.isRepeated());
        double wrong = count(faulty, seed -> !seed.right().mistakes().isEmpty());
        double found = count(faulty, seed -> !seed.late().violations().isEmpty());
        return new Bars()
                .atLeast(
                        "median speed without faults",
                        Speeds.of(fast.onAll(), SpeedRun::secondsPerSecond).percentile(0.5),
                        "simulated s per s",
                        LEAST_SPEED)
                .atMost("digests of one seed, without faults", digests, "digests", 1)
                .atMost("things that are wrong, without faults", mistakes, "things", 0)
                .atMost("seeds whose digest differs when run again, with faults", unrepeated, "seeds", 0)
                .atMost("seeds in which something is wrong, with faults", wrong, "seeds", 0)
                .atLeast("least operations acknowledged after the last fault", leastAtTheEnd, "operations", 1)
                .atLeast("seeds in which a store that flushes late is found out", found, "seeds", 1)
                .all();
    }

    private static double count(List<FaultySeed> faulty, Predicate<FaultySeed> which) {
        return faulty.stream().filter(which).count();
    }

    private static Map<String, Object> results(int groups, Speeds fast, List<FaultySeed> faulty) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("groups", groups);
        results.putAll(fast.results());
        results.put(
                "storeAsItShouldBe",
                summary(faulty.stream().map(FaultySeed::right).toList()));
        results.put(
                "storeFlushesLate",
                summary(faulty.stream().map(FaultySeed::late).toList()));
        return results;
    }

    private static Map<String, Object> summary(List<FaultyRun> runs) {
        Map<String, Integer> seedsByFirstViolation = new TreeMap<>();
        runs.forEach(run -> run.violations().stream()
                .limit(1)
                .forEach(first -> seedsByFirstViolation.merge(first.property(), 1, Integer::sum)));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("seedsByFirstViolation", seedsByFirstViolation);
        summary.put(
                "acknowledgements",
                Distribution.of(runs.stream()
                                .map(run -> (double) run.acknowledgements())
                                .toList())
                        .summary());
        summary.put(
                "examples",
                runs.stream()
                        .filter(run -> !run.mistakes().isEmpty())
                        .limit(EXAMPLES)
                        .map(FaultyRun::toText)
                        .toList());
        return summary;
    }
}
