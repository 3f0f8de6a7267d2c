package dev.foresail.eval.churn;

import dev.foresail.eval.churn.ChurnRun.Outcome;
import dev.foresail.eval.churn.ChurnRun.Size;
import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.network.topology.PowerLaw;
import dev.foresail.network.topology.Topology;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.OwnOption;
import dev.foresail.steering.cli.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code foresail eval bamboo-churn}: 1,000 nodes of Bamboo on a network like the Internet, in groups of ten that look up one key, while for five minutes 1, 2, 4 and 8 nodes per second die and as many join: how many lookups agree
 * with the majority of their group, and how long they take ({@link ChurnScenario}). With {@code --live}, {@link LiveChurn}.
 */
public final class BambooChurn implements Experiment {
    private static final Size FULL = new Size(1_000, Duration.ofSeconds(60), Duration.ofMinutes(5));
    private static final Size QUICK = new Size(100, Duration.ofSeconds(20), Duration.ofSeconds(20));
    /** As many for each node as 1 and 8 are for a thousand. */
    private static final double QUICK_SHARE = 0.1;

    private static final double LEAST_CALM_PERCENT = 99;
    private static final double LEAST_STORMY_PERCENT = 97;
    private static final double MOST_RATIO = 1.5;

    private static final int MOST_DEATHS_PER_SECOND = 16;

    static final OwnOption<List<Integer>> DEATHS = new OwnOption<>(
            "--deaths",
            "N,N,...",
            List.of(1, 2, 4, 8),
            "how many nodes die per second, and as many join, in each of the runs of a seed",
            "at least two rising whole numbers from 1 to " + MOST_DEATHS_PER_SECOND + ", such as 1,8",
            BambooChurn::rates);

    private static final OwnOption<String> SAMPLE_PERIOD = new OwnOption<>(
            "--sample-period",
            "TIME",
            "1s",
            "from one lookup of a random key that a node makes for its routing table to the next",
            "a time such as 200ms, or 0s for none",
            text -> Optional.of(text).filter(given -> given.matches("\\d{1,6}(ms|s)")));

    private static final OwnOption<Boolean> LIVE = OwnOption.flag(
            "--live", "compares 100 live nodes on emulated links with as many simulated ones, a tenth as many dying");

    @Override
    public String name() {
        return "bamboo-churn";
    }

    @Override
    public String summary() {
        return "consistent lookups of 1,000 nodes of Bamboo while 1 to 8 of them die per second, and their latency";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public List<OwnOption<?>> ownOptions() {
        return List.of(DEATHS, SAMPLE_PERIOD, LIVE);
    }

    private static Optional<List<Integer>> rates(String text) {
        if (!text.matches("\\d{1,2}(,\\d{1,2})+")) {
            return Optional.empty();
        }
        List<Integer> rates =
                Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
        boolean isRising = IntStream.range(1, rates.size()).allMatch(at -> rates.get(at - 1) < rates.get(at));
        return isRising && rates.get(0) >= 1 && rates.get(rates.size() - 1) <= MOST_DEATHS_PER_SECOND
                ? Optional.of(rates)
                : Optional.empty();
    }

    @Override
    public Report run(Options options) throws Exception {
        Map<String, String> bamboo = Map.of("samplePeriod", options.own(SAMPLE_PERIOD));
        return options.own(LIVE)
                ? LiveChurn.run(options, options.own(DEATHS), bamboo, options.command(this))
                : simulate(options, bamboo);
    }

    private Report simulate(Options options, Map<String, String> bamboo) throws Exception {
        Size size = options.quick() ? QUICK : FULL;
        double share = options.quick() ? QUICK_SHARE : 1;
        List<Integer> rates = options.own(DEATHS);
        if (options.quick()) {
            rates = List.of(rates.get(0), rates.get(rates.size() - 1));
        }
        int seeds = options.seeds().orElse(1);
        List<Callable<Outcome>> work = new ArrayList<>();
        for (int number = 0; number < seeds; number++) {
            long seed = options.seedBase() + number;
            for (int deaths : rates) {
                work.add(() -> {
                    Topology topology = PowerLaw.generate(size.nodes(share * deaths), seed);
                    return ChurnRun.play(size, share * deaths, topology, bamboo, seed);
                });
            }
        }
        List<Outcome> runs;
        try (Progress progress = Progress.onStandardError("simulating")) {
            int threads = Runtime.getRuntime().availableProcessors();
            runs = ParallelRuns.all(work, threads, progress, options.interruption());
        }
        int whole = runs.size() / rates.size();
        return report(whole, runs.subList(0, whole * rates.size()), size, options.command(this));
    }

    /** The arithmetic alone; each figure of a rate is the mean over its runs. */
    static Report report(int seeds, List<Outcome> runs, Size size, String command) {
        SortedMap<Double, List<Outcome>> byRate = new TreeMap<>();
        runs.forEach(run -> byRate.computeIfAbsent(run.deathsPerSecond(), added -> new ArrayList<>())
                .add(run));
        List<List<Outcome>> rising = List.copyOf(byRate.values());
        List<Outcome> calm = rising.isEmpty() ? List.of() : rising.get(0);
        List<Outcome> stormy = rising.isEmpty() ? List.of() : rising.get(rising.size() - 1);
        Bars bars = new Bars();
        bars.atLeast(
                "consistent lookups at the lowest rate of deaths",
                mean(calm, "consistentPercent"),
                "%",
                LEAST_CALM_PERCENT);
        bars.atLeast(
                "consistent lookups at the highest rate of deaths",
                mean(stormy, "consistentPercent"),
                "%",
                LEAST_STORMY_PERCENT);
        bars.atMost(
                "mean latency of consistent lookups, the highest rate against the lowest",
                mean(stormy, "latencyMean") / mean(calm, "latencyMean"),
                "x",
                MOST_RATIO);
        bars.atMost(
                "handlers that threw",
                runs.isEmpty()
                        ? Double.NaN
                        : runs.stream().mapToInt(Outcome::failures).sum(),
                "handlers",
                0);
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("nodes", size.members());
        results.put("seconds", size.lasting().toSeconds());
        List<Map<String, Object>> rates = new ArrayList<>();
        byRate.forEach((rate, same) -> {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("deathsPerSecond", rate);
            figures.putAll(means(same));
            rates.add(figures);
        });
        results.put("rates", rates);
        results.put("runs", runs);
        return new Report(seeds, bars.all(), results, List.of(command));
    }

    /** Of each figure of the first run. */
    static Map<String, Object> means(List<Outcome> runs) {
        Map<String, Object> means = new LinkedHashMap<>();
        runs.get(0).figures().keySet().forEach(name -> means.put(name, mean(runs, name)));
        return means;
    }

    /** NaN without runs. */
    static double mean(List<Outcome> runs, String figure) {
        return runs.stream().mapToDouble(run -> run.figure(figure)).average().orElse(Double.NaN);
    }
}
