package dev.foresail.eval.churn;

import dev.foresail.eval.churn.ChurnRun.Outcome;
import dev.foresail.eval.churn.ChurnRun.Size;
import dev.foresail.eval.churn.LivePart.Plan;
import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.network.topology.PowerLaw;
import dev.foresail.network.topology.Topology;
import dev.foresail.steering.cli.Experiment.Options;
import dev.foresail.steering.cli.Experiment.Report;
import dev.foresail.steering.cli.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** {@code foresail eval bamboo-churn --live}: 100 live nodes of Bamboo under churn, and the same in the simulator with the same seeds. Live figures differ from run to run. */
final class LiveChurn {
    private static final Size FULL = new Size(100, Duration.ofSeconds(30), Duration.ofMinutes(3));
    private static final Size QUICK = new Size(50, Duration.ofSeconds(8), Duration.ofSeconds(20));
    private static final double NODES_OF_RATES = 1_000;
    private static final double MOST_POINTS = 1;
    private static final double MOST_PERCENT = 10;

    private LiveChurn() {}

    /** Both sides of one run. */
    record Pair(Outcome live, Outcome simulated) {}

    /**
     * Plays the lowest and the highest rate for each seed, one run at a time; with {@code --quick} the highest alone.
     *
     * @param deathsPerSecond of a thousand nodes, rising; of fewer as many fewer die, so that nodes live as long
     * @param bamboo settings of the protocol
     */
    static Report run(Options options, List<Integer> deathsPerSecond, Map<String, String> bamboo, String command)
            throws Exception {
        int highest = deathsPerSecond.get(deathsPerSecond.size() - 1);
        Size size = options.quick() ? QUICK : FULL;
        List<Integer> rates = options.quick() ? List.of(highest) : List.of(deathsPerSecond.get(0), highest);
        int processes = LiveChurnRun.processes(size, rate(highest, size), LiveChurnRun.mostFiles());
        int seeds = options.seeds().orElse(1);
        List<Pair> pairs = new ArrayList<>();
        try (Progress progress = Progress.onStandardError("playing live nodes")) {
            for (int run = 0;
                    run < seeds * rates.size() && !options.interruption().isRequested();
                    run++) {
                double rate = rate(rates.get(run % rates.size()), size);
                Plan plan = new Plan(size, rate, bamboo, options.seedBase() + run / rates.size(), processes);
                play(plan, options).ifPresent(pairs::add);
                progress.update(run + 1.0, (double) seeds * rates.size());
            }
        }
        int whole = pairs.size() / rates.size();
        return report(whole, pairs.subList(0, whole * rates.size()), size, command);
    }

    private static double rate(int deathsPerSecond, Size size) {
        return deathsPerSecond * size.members() / NODES_OF_RATES;
    }

    /** The live nodes have the machine to themselves. */
    private static Optional<Pair> play(Plan plan, Options options) throws Exception {
        Optional<Outcome> live = LiveChurnRun.play(plan, options.interruption());
        if (live.isEmpty()) {
            return Optional.empty();
        }
        Size size = plan.size();
        Topology topology = PowerLaw.generate(size.nodes(plan.deathsPerSecond()), plan.seed());
        Callable<Outcome> same =
                () -> ChurnRun.play(size, plan.deathsPerSecond(), topology, plan.bamboo(), plan.seed());
        try (Progress progress = Progress.onStandardError("simulating")) {
            return ParallelRuns.all(List.of(same), 1, progress, options.interruption()).stream()
                    .findFirst()
                    .map(simulated -> new Pair(live.get(), simulated));
        }
    }

    /** The arithmetic alone; each figure of a rate is the mean over its runs, and the bars are the means of what the two sides of a run are apart, whichever has more. */
    static Report report(int seeds, List<Pair> pairs, Size size, String command) {
        SortedMap<Double, List<Pair>> byRate = new TreeMap<>();
        pairs.forEach(pair -> byRate.computeIfAbsent(pair.live().deathsPerSecond(), added -> new ArrayList<>())
                .add(pair));
        Bars bars = new Bars();
        List<Map<String, Object>> rates = new ArrayList<>();
        byRate.forEach((rate, same) -> rates.add(compared(rate, same, bars)));
        if (pairs.isEmpty()) {
            bars.atMost("consistent lookups, live against simulated", Double.NaN, "points", MOST_POINTS);
        }
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("nodes", size.members());
        results.put("seconds", size.lasting().toSeconds());
        results.put("rates", rates);
        results.put("runs", pairs);
        return new Report(seeds, bars.all(), results, List.of(command));
    }

    private static Map<String, Object> compared(double deathsPerSecond, List<Pair> pairs, Bars bars) {
        List<Outcome> live = pairs.stream().map(Pair::live).toList();
        List<Outcome> simulated = pairs.stream().map(Pair::simulated).toList();
        String rate = ", live against simulated, " + deathsPerSecond + " deaths per second";
        bars.atMost("consistent lookups" + rate, meanApart(pairs, LiveChurn::pointsMore), "points", MOST_POINTS);
        bars.atMost(
                "median latency of consistent lookups" + rate,
                meanApart(pairs, LiveChurn::latencyPercentMore),
                "%",
                MOST_PERCENT);
        bars.atMost(
                "handlers that threw" + rate,
                pairs.stream()
                        .mapToInt(pair ->
                                pair.live().failures() + pair.simulated().failures())
                        .sum(),
                "handlers",
                0);
        bars.atMost(
                "live nodes that ended by themselves" + rate,
                live.stream().mapToDouble(run -> run.figure("nodesThatEnded")).sum(),
                "nodes",
                0);
        bars.atMost(
                "runs in which others died or joined, or at other times" + rate,
                pairs.stream()
                        .mapToDouble(pair ->
                                pair.live().schedule().equals(pair.simulated().schedule()) ? 0 : 1)
                        .sum(),
                "runs",
                0);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("deathsPerSecond", deathsPerSecond);
        figures.put("live", BambooChurn.means(live));
        figures.put("simulated", BambooChurn.means(simulated));
        figures.put("consistentPointsMore", mean(pairs, LiveChurn::pointsMore));
        figures.put("latencyMedianPercentMore", mean(pairs, LiveChurn::latencyPercentMore));
        return figures;
    }

    private static double pointsMore(Pair pair) {
        return pair.live().figure("consistentPercent") - pair.simulated().figure("consistentPercent");
    }

    private static double latencyPercentMore(Pair pair) {
        return 100 * (pair.live().figure("latencyMedian") / pair.simulated().figure("latencyMedian") - 1);
    }

    private static double meanApart(List<Pair> pairs, ToDoubleFunction<Pair> more) {
        return mean(pairs, pair -> Math.abs(more.applyAsDouble(pair)));
    }

    private static double mean(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        return pairs.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }
}
