package dev.foresail.eval.emulation;

import dev.foresail.eval.emulation.EmulationTrial.LinkRate;
import dev.foresail.eval.emulation.EmulationTrial.Measured;
import dev.foresail.eval.emulation.EmulationTrial.PairDelay;
import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code foresail eval emulation}: what live nodes of one process get of the delays, rates and losses that are asked of their
 * emulated links. Real time: figures differ from run to run.
 */
public final class EmulationAccuracy implements Experiment {
    private static final long SEED = 60_001;
    private static final int NODES = 31;
    private static final double ALLOWED_MILLIS = 1;
    private static final double ALLOWED_SHARE = 0.02;
    private static final double MOST_RATE_ERROR = 0.05;
    /** 95 % of a normal distribution lie within so many standard deviations. */
    private static final double DEVIATIONS = 1.96;

    private static final double BYTES_PER_MEGABIT = 1e6 / 8;

    @Override
    public String name() {
        return "emulation";
    }

    @Override
    public String summary() {
        return "how well emulated links keep to the delay, rate and loss that are asked of them";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        long seed = SEED + options.seedBase();
        EmulationTrial.Plan plan = options.quick()
                ? new EmulationTrial.Plan(NODES, 3_000, 20_000, 1_000, 2_000, seed)
                : new EmulationTrial.Plan(NODES, 3_000, 80_000, 1_000, 6_000, seed);
        try (Progress progress = Progress.onStandardError("emulating")) {
            Measured measured = new EmulationTrial(plan, options.interruption(), progress).measure();
            return report(measured, options.command(this));
        }
    }

    /** The arithmetic alone. */
    static Report report(Measured measured, String command) {
        List<Bar> bars = new Bars()
                .atMost(
                        "one-way delay: largest error of a pair's median, in units of 1 ms + 2 % of what was asked",
                        worst(measured.delays().stream()
                                .map(EmulationAccuracy::shareOfAllowance)
                                .toList()),
                        "x",
                        1)
                .atMost(
                        "rate of a saturated link: largest error",
                        worst(measured.rates().stream()
                                .map(rate -> Math.abs(rate.achieved() / rate.asked() - 1))
                                .toList()),
                        "of the asked",
                        MOST_RATE_ERROR)
                .atMost(
                        "lost messages: distance from what was asked (1.96 bounds the 95 % interval)",
                        Math.abs(deviations(measured.delays())), "standard deviations", DEVIATIONS)
                .all();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("delay", delays(measured.delays()));
        results.put("rate", rates(measured.rates()));
        results.put("loss", losses(measured.delays()));
        results.put("brokenConnections", measured.brokenConnections());
        return new Report(1, bars, results, List.of(command));
    }

    /** NaN as soon as one is, or there is none. */
    private static double worst(List<Double> errors) {
        return errors.stream().reduce(Math::max).orElse(Double.NaN);
    }

    private static double shareOfAllowance(PairDelay pair) {
        return Math.abs(pair.medianMillis() - pair.askedMillis())
                / (ALLOWED_MILLIS + ALLOWED_SHARE * pair.askedMillis());
    }

    /** How many standard deviations more letters were lost than expected, all pairs together; NaN when that says nothing. */
    static double deviations(List<PairDelay> pairs) {
        double excess = 0;
        double variance = 0;
        for (PairDelay pair : pairs) {
            excess += pair.lost() - pair.letters() * pair.askedLoss();
            variance += pair.letters() * pair.askedLoss() * (1 - pair.askedLoss());
        }
        return variance > 0 ? excess / Math.sqrt(variance) : Double.NaN;
    }

    private static Map<String, Object> delays(List<PairDelay> pairs) {
        Distribution errors = Distribution.of(pairs.stream()
                .map(pair -> pair.medianMillis() - pair.askedMillis())
                .toList());
        Distribution shares = Distribution.of(
                pairs.stream().map(EmulationAccuracy::shareOfAllowance).toList());
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("pairs", pairs.size());
        results.put(
                "askedMillis",
                Distribution.of(pairs.stream().map(PairDelay::askedMillis).toList())
                        .summary());
        results.put("errorMillis", errors.summary());
        results.put("errorMillisP99", errors.percentile(0.99));
        results.put("shareOfAllowance", shares.summary());
        results.put("shareOfAllowanceP99", shares.percentile(0.99));
        return results;
    }

    private static List<Map<String, Object>> rates(List<LinkRate> rates) {
        List<Map<String, Object>> results = new ArrayList<>();
        for (LinkRate rate : rates) {
            Map<String, Object> link = new LinkedHashMap<>();
            link.put("askedMegabits", rate.asked() / BYTES_PER_MEGABIT);
            link.put("achievedMegabits", rate.achieved() / BYTES_PER_MEGABIT);
            results.add(link);
        }
        return results;
    }

    private static List<Map<String, Object>> losses(List<PairDelay> pairs) {
        SortedMap<Double, List<PairDelay>> byLoss = new TreeMap<>();
        pairs.forEach(pair -> byLoss.computeIfAbsent(pair.askedLoss(), added -> new ArrayList<>())
                .add(pair));
        List<Map<String, Object>> results = new ArrayList<>();
        byLoss.forEach((asked, alike) -> {
            int letters = alike.stream().mapToInt(PairDelay::letters).sum();
            int lost = alike.stream().mapToInt(PairDelay::lost).sum();
            Map<String, Object> group = new LinkedHashMap<>();
            group.put("asked", asked);
            group.put("messages", letters);
            group.put("lost", lost);
            group.put("share", lost / (double) letters);
            group.put("interval95", wilson(lost, letters));
            results.add(group);
        });
        return results;
    }

    /** Wilson's interval of 95 % for the probability of what happened so often. */
    static List<Double> wilson(int happened, int trials) {
        double share = happened / (double) trials;
        double square = DEVIATIONS * DEVIATIONS;
        double centre = (share + square / (2 * trials)) / (1 + square / trials);
        double half = DEVIATIONS
                * Math.sqrt(share * (1 - share) / trials + square / (4.0 * trials * trials))
                / (1 + square / trials);
        return List.of(centre - half, centre + half);
    }
}
