package dev.foresail.eval.epidemic;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment.Bar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The runs of the experiment, by topology and variant. Immutable. */
final class EpidemicFigures {
    static final List<String> HARD_CODED = List.of("bar-gossip", "bar-gossip, 3 in a round", "flightpath");
    static final String PREDICTED = "predicted";

    private static final double LEAST_MEDIAN_PERCENT = 20;
    private static final double LEAST_PERCENT = -5;
    private static final double MOST_REGRET_PERCENT = 5;
    private static final double LEAST_WITHIN_PERCENT = 75;
    private static final double MOST_WITHIN_PERCENT = 85;

    private final Map<Long, Map<String, EpidemicRun>> topologies = new LinkedHashMap<>();
    private final Map<String, List<EpidemicRun>> variants = new LinkedHashMap<>();

    EpidemicFigures(List<EpidemicRun> runs) {
        for (EpidemicRun run : runs) {
            topologies
                    .computeIfAbsent(run.seed(), seed -> new LinkedHashMap<>())
                    .put(run.variant(), run);
            variants.computeIfAbsent(run.variant(), name -> new ArrayList<>()).add(run);
        }
    }

    /** The hard-coded form that is soonest on a topology; one that did not get there is later than any. */
    private static EpidemicRun better(Map<String, EpidemicRun> topology) {
        return HARD_CODED.stream()
                .map(topology::get)
                .min((one, other) -> Double.compare(one.seconds(), other.seconds()))
                .orElseThrow();
    }

    /** By how much the predicted form is sooner than the better hard-coded one, in percent, for each topology. */
    private Distribution sooner() {
        return perTopology((predicted, better) -> 100 * (1 - predicted.seconds() / better.seconds()));
    }

    /** How many messages the predicted form sends for each of the better hard-coded one, in percent, for each topology. */
    private Distribution messages() {
        return perTopology((predicted, better) -> 100.0 * predicted.messages() / better.messages());
    }

    private interface Comparison {
        double of(EpidemicRun predicted, EpidemicRun better);
    }

    private Distribution perTopology(Comparison comparison) {
        return Distribution.of(topologies.values().stream()
                .map(topology -> comparison.of(run(topology, PREDICTED), better(topology)))
                .toList());
    }

    private static EpidemicRun run(Map<String, EpidemicRun> topology, String variant) {
        EpidemicRun run = topology.get(variant);
        if (run == null) {
            throw new IllegalArgumentException("no run of '" + variant + "' among " + topology.keySet());
        }
        return run;
    }

    private HindsightFigures hindsight() {
        return variants.getOrDefault(PREDICTED, List.of()).stream()
                .map(EpidemicRun::hindsight)
                .reduce(new HindsightFigures(List.of()), HindsightFigures::plus);
    }

    List<Bar> bars() {
        long unfinished =
                all().stream().filter(run -> Double.isNaN(run.seconds())).count();
        HindsightFigures hindsight = hindsight();
        return new Bars()
                .atLeast(
                        "sooner than the better hard-coded form, median of the topologies",
                        sooner().percentile(0.5),
                        "%",
                        LEAST_MEDIAN_PERCENT)
                .atLeast("the same, worst topology", sooner().min(), "%", LEAST_PERCENT)
                .atMost(
                        "messages of those of the better hard-coded form, worst topology",
                        messages().max(),
                        "%",
                        100)
                .atMost("regret of predicted choices", hindsight.regretPercent(), "%", MOST_REGRET_PERCENT)
                .atLeast(
                        "outcomes within the stated intervals of 80 %",
                        hindsight.withinIntervalPercent(), "%", LEAST_WITHIN_PERCENT)
                .atMost("the same, no wider than need be", hindsight.withinIntervalPercent(), "%", MOST_WITHIN_PERCENT)
                .atMost("runs in which the share was not reached", (double) unfinished, "runs", 0)
                .atMost(
                        "handlers that threw",
                        (double) all().stream().mapToInt(EpidemicRun::failures).sum(),
                        "failures",
                        0)
                .all();
    }

    private List<EpidemicRun> all() {
        return variants.values().stream().flatMap(List::stream).toList();
    }

    /** For the report. */
    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("soonerPercent", sooner().summary());
        results.put("messagesPercent", messages().summary());
        results.put("hindsight", hindsight().results());
        variants.forEach((name, runs) -> results.put(name, result(runs)));
        results.put(
                "secondsByTopology",
                topologies.entrySet().stream()
                        .map(topology -> seconds(topology.getKey(), topology.getValue()))
                        .toList());
        return results;
    }

    private static Map<String, Object> seconds(long seed, Map<String, EpidemicRun> topology) {
        Map<String, Object> seconds = new LinkedHashMap<>();
        seconds.put("seed", seed);
        topology.forEach((variant, run) -> seconds.put(variant, run.seconds()));
        return seconds;
    }

    private static Map<String, Object> result(List<EpidemicRun> runs) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("seconds", distribution(runs, EpidemicRun::seconds));
        result.put("messages", distribution(runs, EpidemicRun::messages));
        result.put("checkpointMessages", distribution(runs, EpidemicRun::checkpointMessages));
        result.put("aggregateMessages", distribution(runs, EpidemicRun::aggregateMessages));
        result.put("controlMessagesBefore", distribution(runs, EpidemicRun::controlBefore));
        DecisionCounts decisions =
                runs.stream().map(EpidemicRun::decisions).reduce(DecisionCounts.NONE, DecisionCounts::plus);
        result.put("decisions", decisions);
        double atOnce = runs.stream().mapToLong(EpidemicRun::atOnce).sum();
        result.put("answeredAtOncePercent", decisions.total() == 0 ? Double.NaN : 100 * atOnce / decisions.total());
        return result;
    }

    private static Map<String, Object> distribution(List<EpidemicRun> runs, ToDoubleFunction<EpidemicRun> figure) {
        return Distribution.of(runs.stream().map(figure::applyAsDouble).toList())
                .summary();
    }
}
