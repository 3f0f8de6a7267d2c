package dev.foresail.eval.microraft;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.eval.microraft.Deployment.Flushing;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.OwnOption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.RealClock;
import io.microraft.RaftConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * {@code foresail eval microraft}: somebody else's Raft as nodes of the simulator. How fast many groups run; whether the same seed gives
 * the same run; and whether what Raft promises holds under faults, and a mistake in the store below it is found. The speed is in real
 * time and differs from run to run, nothing else does.
 */
public final class MicroRaft implements Experiment {
    private static final int MEMBERS = 3;
    private static final double LOSS = 0.05;
    private static final Duration OPERATION_GAP = Duration.ofMillis(10);
    private static final double LEAST_SPEED = 60;
    /** Seeds up to here were looked at while the adapter was written. */
    private static final long FIRST_SEED = 10_000;

    private static final OwnOption<Integer> GROUPS =
            OwnOption.count("--groups", 100, "how many groups of three run side by side for the speed");

    /** How much is done. */
    private record Size(Duration speedRun, int speedRuns, Duration faultyRun, int seeds) {
        static final Size FULL = new Size(Duration.ofSeconds(120), 6, Duration.ofSeconds(90), 100);
        static final Size QUICK = new Size(Duration.ofSeconds(30), 4, Duration.ofSeconds(60), 10);
    }

    /** One run of many groups without faults. */
    private record SpeedRun(String digest, double secondsPerSecond, double eventsPerSecond, long acknowledgements) {}

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
        List<SpeedRun> fast = new ArrayList<>();
        try (Progress progress = Progress.onStandardError("simulating groups")) {
            for (int run = 0; run < size.speedRuns && !options.interruption().isRequested(); run++) {
                fast.add(speedRun(groups, firstSeed, size.speedRun));
                progress.update(run + 1, size.speedRuns);
            }
        }
        int seeds = options.seeds().orElse(size.seeds);
        List<Callable<List<FaultyRun>>> work = new ArrayList<>();
        LongStream.range(firstSeed, firstSeed + seeds)
                .forEach(seed -> work.add(() -> List.of(
                        FaultyRun.of(Flushing.AT_ONCE, seed, size.faultyRun),
                        FaultyRun.of(Flushing.AT_ONCE, seed, size.faultyRun),
                        FaultyRun.of(Flushing.LATE, seed, size.faultyRun))));
        List<List<FaultyRun>> faulty;
        try (Progress progress = Progress.onStandardError("simulating faults")) {
            faulty = ParallelRuns.all(
                    work, Runtime.getRuntime().availableProcessors(), progress, options.interruption());
        }
        return new Report(
                faulty.size(), bars(fast, faulty), results(groups, fast, faulty), List.of(options.command(this)));
    }

    private static SpeedRun speedRun(int groups, long seed, Duration length) {
        Deployment deployment = new Deployment(
                MEMBERS,
                RaftConfig.newBuilder()
                        .setCommitCountToTakeSnapshot(1000)
                        .setMaxPendingLogEntryCount(1000)
                        .build(),
                LOSS,
                OPERATION_GAP,
                Flushing.AT_ONCE,
                Deployment.judges(groups));
        long startNanos = RealClock.nanos();
        RaftTrial trial = new RaftTrial(deployment, seed);
        trial.runUntil(length);
        double seconds = (RealClock.nanos() - startNanos) / 1e9;
        trial.firstMistake().ifPresent(mistake -> {
            throw new IllegalStateException("without faults: " + mistake);
        });
        return new SpeedRun(
                trial.digest(), length.toSeconds() / seconds, trial.events() / seconds, trial.acknowledgements());
    }

    /** The first run warms the JVM up. */
    private static Distribution speeds(List<SpeedRun> runs) {
        return Distribution.of(
                runs.stream().skip(1).map(SpeedRun::secondsPerSecond).toList());
    }

    private static List<Bar> bars(List<SpeedRun> fast, List<List<FaultyRun>> faulty) {
        double digests = fast.stream().map(SpeedRun::digest).distinct().count();
        double leastAtTheEnd = faulty.stream()
                .mapToDouble(runs -> runs.get(0).acknowledgedAtTheEnd())
                .min()
                .orElse(0);
        return new Bars()
                .atLeast("median speed", speeds(fast).percentile(0.5), "simulated s per s", LEAST_SPEED)
                .atMost("digests of one seed, without faults", digests, "digests", 1)
                .atMost(
                        "seeds whose digest differs when run again, with faults",
                        count(
                                faulty,
                                runs -> !runs.get(0).digest().equals(runs.get(1).digest())),
                        "seeds",
                        0)
                .atMost(
                        "seeds in which something is wrong, store as it should be",
                        count(faulty, runs -> runs.get(0).firstMistake().isPresent()),
                        "seeds",
                        0)
                .atLeast("least operations acknowledged after the last fault", leastAtTheEnd, "operations", 1)
                .atLeast(
                        "seeds in which a promise is broken, store flushes late",
                        count(faulty, runs -> !runs.get(2).violated().isEmpty()),
                        "seeds",
                        1)
                .all();
    }

    private static double count(List<List<FaultyRun>> faulty, Predicate<List<FaultyRun>> which) {
        return faulty.stream().filter(which).count();
    }

    private static Map<String, Object> results(int groups, List<SpeedRun> fast, List<List<FaultyRun>> faulty) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("groups", groups);
        results.put("nodes", groups * MEMBERS);
        results.put("simulatedSecondsPerSecond", speeds(fast).summary());
        results.put(
                "eventsPerSecond",
                Distribution.of(fast.stream()
                                .skip(1)
                                .map(SpeedRun::eventsPerSecond)
                                .toList())
                        .summary());
        fast.stream().findFirst().ifPresent(run -> {
            results.put("digest", run.digest());
            results.put("acknowledgements", run.acknowledgements());
        });
        results.put("storeAsItShouldBe", summary(faulty, 0));
        results.put("storeFlushesLate", summary(faulty, 2));
        return results;
    }

    private static Map<String, Object> summary(List<List<FaultyRun>> faulty, int which) {
        List<FaultyRun> runs = faulty.stream().map(all -> all.get(which)).toList();
        Map<String, Integer> seedsByFirst = new TreeMap<>();
        runs.forEach(run ->
                run.violated().stream().limit(1).forEach(property -> seedsByFirst.merge(property, 1, Integer::sum)));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("seeds", runs.size());
        summary.put("seedsByFirstViolation", seedsByFirst);
        summary.put(
                "acknowledgements",
                Distribution.of(runs.stream()
                                .map(run -> (double) run.acknowledgements())
                                .toList())
                        .summary());
        summary.put(
                "examples",
                runs.stream()
                        .filter(run -> run.firstMistake().isPresent())
                        .limit(3)
                        .map(run ->
                                "seed " + run.seed() + ": " + run.firstMistake().orElseThrow())
                        .toList());
        return summary;
    }
}
