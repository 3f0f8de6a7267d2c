package dev.foresail.predictor.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How decisions of one choice point were made, and how right predictions were. Immutable; a figure is NaN when there is nothing to take it of. */
public final class DecisionFigures {
    private static final double HIGH = 0.99;

    private final List<KeptDecision> decisions;

    private DecisionFigures(List<KeptDecision> decisions) {
        this.decisions = List.copyOf(decisions);
    }

    public static DecisionFigures of(List<KeptDecision> decisions) {
        return new DecisionFigures(decisions);
    }

    /** Of each choice, by its name. */
    public static SortedMap<String, DecisionFigures> byChoice(List<KeptDecision> decisions) {
        SortedMap<String, List<KeptDecision>> sorted = new TreeMap<>();
        decisions.forEach(decision -> sorted.computeIfAbsent(decision.choice(), met -> new ArrayList<>())
                .add(decision));
        SortedMap<String, DecisionFigures> figures = new TreeMap<>();
        sorted.forEach((choice, some) -> figures.put(choice, new DecisionFigures(some)));
        return figures;
    }

    public int count() {
        return decisions.size();
    }

    /** How many were made by each. */
    public Map<KeptDecision.By, Integer> counts() {
        Map<KeptDecision.By, Integer> counts = new EnumMap<>(KeptDecision.By.class);
        for (KeptDecision.By by : KeptDecision.By.values()) {
            counts.put(by, 0);
        }
        decisions.forEach(decision -> counts.merge(decision.by(), 1, Integer::sum));
        return counts;
    }

    /** How many rest on an incomplete picture. */
    public int provisional() {
        return (int) decisions.stream()
                .filter(decision -> decision.evidence().isPresent())
                .filter(decision -> !decision.evidence().get().isComplete())
                .count();
    }

    /** How long decisions took, at the 99th hundredth, in nanoseconds. */
    public double highElapsedNanos() {
        long[] sorted = decisions.stream()
                .mapToLong(KeptDecision::elapsedNanos)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(HIGH * sorted.length) - 1];
    }

    /** Of how many both the prediction and the outcome are known. */
    public int judged() {
        return judgedOnes().size();
    }

    private List<KeptDecision> judgedOnes() {
        return decisions.stream()
                .filter(decision -> decision.error().isPresent())
                .toList();
    }

    /** The share of the outcomes that lie in the intervals of 80 % that were stated, in percent. */
    public double withinIntervalPercent() {
        List<KeptDecision> judged = judgedOnes();
        long within = judged.stream()
                .filter(decision -> decision.isWithinInterval().orElse(false))
                .count();
        return judged.isEmpty() ? Double.NaN : 100.0 * within / judged.size();
    }

    /** How much more was paid than predicted, in the mean; of outcomes that are finite. */
    public double meanError() {
        return judgedOnes().stream()
                .mapToDouble(decision -> decision.error().orElseThrow())
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** How far outcomes were from predictions, in the mean; of outcomes that are finite. */
    public double meanAbsoluteError() {
        return judgedOnes().stream()
                .mapToDouble(decision -> Math.abs(decision.error().orElseThrow()))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** How many took another alternative than the best, to learn what comes of it. */
    public long explored() {
        return decisions.stream().filter(KeptDecision::explored).count();
    }

    /** By how much those were predicted to cost more than the best, in all. */
    public double exploredPredictedRegret() {
        return decisions.stream()
                .filter(KeptDecision::explored)
                .mapToDouble(KeptDecision::predictedRegret)
                .sum();
    }

    /**
     * How much more was paid where a decision explored than where none did, by outcomes: the mean of what was paid above what was predicted of the best, of the ones
     * less that of the others, which is what predictions miss anyway. NaN where outcomes of either are not known; of outcomes that are finite.
     */
    public double exploredRegret() {
        return meanAboveLeast(true) - meanAboveLeast(false);
    }

    private double meanAboveLeast(boolean explored) {
        return judgedOnes().stream()
                .filter(decision -> decision.explored() == explored)
                .mapToDouble(decision -> decision.aboveLeast().orElseThrow())
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** Those whose outcomes were furthest from what was predicted, furthest first. */
    public List<KeptDecision> mostSurprising(int count) {
        return judgedOnes().stream()
                .filter(decision -> !decision.isWithinInterval().orElse(true))
                .sorted(Comparator.comparingDouble((KeptDecision decision) ->
                                -Math.abs(decision.error().orElseThrow()))
                        .thenComparing(KeptDecision::node)
                        .thenComparing(KeptDecision::number))
                .limit(count)
                .toList();
    }

    /** For tools. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("decisions", count());
        counts().forEach((by, number) -> json.put(by.label(), number));
        json.put("provisional", provisional());
        json.put("elapsedP99Nanos", highElapsedNanos());
        json.put("judged", judged());
        json.put("withinIntervalPercent", withinIntervalPercent());
        json.put("meanError", meanError());
        json.put("meanAbsoluteError", meanAbsoluteError());
        if (explored() > 0) {
            json.put("explored", explored());
            json.put("exploredPredictedRegret", exploredPredictedRegret());
            json.put("exploredRegretPerDecision", exploredRegret());
        }
        return json;
    }
}
