package dev.foresail.eval.livesimulation;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.KolmogorovSmirnov;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code foresail eval live-vs-simulation}: 31 live RandTree nodes over TCP with emulated links, and the same in the simulator with the
 * same seeds: how long nodes take to join, and how deep they end. Real time: the live figures differ from run to run. A live run
 * of each variant, which does not count, goes before.
 */
public final class LiveVsSimulation implements Experiment {
    private static final int NODES = 31;
    private static final int SEEDS = 10;
    private static final long FIRST_SEED = 40_000;
    private static final double MOST_PERCENT = 10;
    private static final double HALF = 0.5;

    /** Both sides of one variant. */
    static final class Sides {
        private final List<TreeGrowth.Growth> live = new ArrayList<>();
        private final List<TreeGrowth.Growth> simulated = new ArrayList<>();

        void add(TreeGrowth.Growth real, TreeGrowth.Growth virtual) {
            live.add(real);
            simulated.add(virtual);
        }
    }

    @Override
    public String name() {
        return "live-vs-simulation";
    }

    @Override
    public String summary() {
        return "joins and depths of 31 live nodes against the simulator's";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) {
        List<Variant<?>> variants = new ArrayList<>(List.of(Variant.baseline()));
        if (!options.quick()) {
            variants.add(Variant.random());
            variants.add(Variant.predicted(Variant.meanDepth()));
        }
        int seeds = options.seeds().orElse(options.quick() ? 2 : SEEDS);
        long firstSeed = FIRST_SEED + options.seedBase();
        Map<String, Sides> sides = new LinkedHashMap<>();
        variants.forEach(variant -> sides.put(variant.name(), new Sides()));
        int played = 0;
        try (Progress progress = Progress.onStandardError("growing trees")) {
            for (int run = 0; run <= seeds && !options.interruption().isRequested(); run++) {
                for (Variant<?> variant : variants) {
                    TreeGrowth.Growth live = GrownTrees.live(variant, NODES, firstSeed + run);
                    // The first run is for the compiler, and for what is loaded once.
                    if (run > 0) {
                        sides.computeIfAbsent(variant.name(), added -> new Sides())
                                .add(live, GrownTrees.simulated(variant, NODES, firstSeed + run));
                    }
                }
                played = run;
                progress.update(run + 1, seeds + 1.0);
            }
        }
        return report(played, sides, options.command(this));
    }

    /** The arithmetic alone. */
    static Report report(int seeds, Map<String, Sides> sides, String command) {
        Bars bars = new Bars();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("nodes", NODES);
        sides.forEach((variant, both) -> {
            List<Double> liveJoins = joins(both.live);
            List<Double> simulatedJoins = joins(both.simulated);
            List<Double> liveLevels = levels(both.live);
            List<Double> simulatedLevels = levels(both.simulated);
            bars.atMost(
                    variant + ": median time to join, live against simulated",
                    percentApart(liveJoins, simulatedJoins),
                    "%",
                    MOST_PERCENT);
            bars.atMost(
                    variant + ": median level, live against simulated",
                    percentApart(liveLevels, simulatedLevels),
                    "%",
                    MOST_PERCENT);
            bars.atMost(
                    variant + ": nodes that did not join",
                    both.live.isEmpty() ? Double.NaN : missing(liveLevels) + missing(simulatedLevels),
                    "nodes",
                    0);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("joinMillis", compared(liveJoins, simulatedJoins, false));
            figures.put("level", compared(liveLevels, simulatedLevels, true));
            figures.put("maxLevel", compared(deepest(both.live), deepest(both.simulated), true));
            results.put(variant, figures);
        });
        return new Report(seeds, bars.all(), results, List.of(command));
    }

    private static List<Double> joins(List<TreeGrowth.Growth> trees) {
        return trees.stream().flatMap(tree -> tree.joinMillis().stream()).toList();
    }

    private static List<Double> levels(List<TreeGrowth.Growth> trees) {
        return trees.stream().flatMap(tree -> tree.levels().stream()).toList();
    }

    private static List<Double> deepest(List<TreeGrowth.Growth> trees) {
        return trees.stream().map(tree -> Distribution.of(tree.levels()).max()).toList();
    }

    private static int missing(List<Double> figures) {
        return Distribution.of(figures).missing();
    }

    /** How far the live median is from the simulated one, in percent of that. */
    private static double percentApart(List<Double> live, List<Double> simulated) {
        double expected = Distribution.of(simulated).percentile(HALF);
        return 100 * Math.abs(Distribution.of(live).percentile(HALF) - expected) / expected;
    }

    private static Map<String, Object> compared(List<Double> live, List<Double> simulated, boolean few) {
        Map<String, Object> compared = new LinkedHashMap<>();
        Distribution one = Distribution.of(live);
        Distribution other = Distribution.of(simulated);
        compared.put("live", few ? one.summaryWithCounts() : one.summary());
        compared.put("simulated", few ? other.summaryWithCounts() : other.summary());
        if (one.count() > 0 && other.count() > 0) {
            compared.put("distance", KolmogorovSmirnov.distance(present(live), present(simulated)));
        }
        return compared;
    }

    private static List<Double> present(List<Double> figures) {
        return figures.stream().filter(figure -> !figure.isNaN()).toList();
    }
}
