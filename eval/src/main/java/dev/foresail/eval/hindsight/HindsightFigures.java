package dev.foresail.eval.hindsight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How right predicted choices were. Immutable; every figure is NaN when there is nothing to take it of. */
public final class HindsightFigures {
    private final List<Judgement> judgements;

    public HindsightFigures(List<Judgement> judgements) {
        this.judgements = List.copyOf(judgements);
    }

    /** Those of these figures and of others. */
    public HindsightFigures plus(HindsightFigures others) {
        List<Judgement> all = new ArrayList<>(judgements);
        all.addAll(others.judgements);
        return new HindsightFigures(all);
    }

    /** How many decisions were judged. */
    public int judged() {
        return judgements.size();
    }

    /** The share of the decisions than which no alternative would have been better, in percent. */
    public double bestPercent() {
        return percent(judgements, judgements.stream().filter(Judgement::isBest).count());
    }

    /** As {@link #bestPercent}, of those decisions alone in which something could have been chosen wrongly. */
    public double bestPercentWhereItMattered() {
        List<Judgement> mattered = judgements.stream()
                .filter(judgement -> !judgement.isIndifferent())
                .toList();
        return percent(mattered, mattered.stream().filter(Judgement::isBest).count());
    }

    /**
     * How much more the chosen alternatives cost than the best ones, all together, in percent of what the best ones cost; without those that are
     * {@link #leftOutOfRegret}.
     */
    public double regretPercent() {
        double lost = 0;
        double best = 0;
        for (Judgement judgement : judgements) {
            if (Double.isFinite(judgement.leastCost())) {
                lost += judgement.chosenCost() - judgement.leastCost();
                best += Math.abs(judgement.leastCost());
            }
        }
        return best == 0 ? Double.NaN : 100 * lost / best;
    }

    /**
     * How much of what could have been lost was lost: the mean, over the decisions that were not indifferent, of the share of the way from the best alternative to
     * the worst at which the chosen one is. 0 when always the best was taken, 100 when always the worst. Unlike {@link #regretPercent} it does not depend on how
     * much of the cost a choice can change. Decisions of which an alternative's cost is infinite or unknown are left out.
     */
    public double regretOfSpreadPercent() {
        return judgements.stream()
                .filter(judgement -> !judgement.isIndifferent() && Double.isFinite(judgement.spread()))
                .mapToDouble(judgement -> 100 * (judgement.chosenCost() - judgement.leastCost()) / judgement.spread())
                .average()
                .orElse(Double.NaN);
    }

    /** How many decisions have no regret, as what the best alternative costs is infinite or unknown. */
    public int leftOutOfRegret() {
        return (int) judgements.stream()
                .filter(judgement -> !Double.isFinite(judgement.leastCost()))
                .count();
    }

    /** The share of the outcomes that lie in the intervals of 80 % that predictions stated, in percent. */
    public double withinIntervalPercent() {
        List<Judgement> ended = judgements.stream()
                .filter(judgement -> !Double.isNaN(judgement.outcome()))
                .toList();
        return percent(ended, ended.stream().filter(Judgement::isWithinInterval).count());
    }

    private static double percent(List<Judgement> of, long some) {
        return of.isEmpty() ? Double.NaN : 100.0 * some / of.size();
    }

    /** For a report. */
    public Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("judged", judged());
        results.put("bestPercent", bestPercent());
        results.put("bestPercentWhereItMattered", bestPercentWhereItMattered());
        results.put("regretPercent", regretPercent());
        results.put("regretOfSpreadPercent", regretOfSpreadPercent());
        results.put("leftOutOfRegret", leftOutOfRegret());
        results.put("withinIntervalPercent", withinIntervalPercent());
        return results;
    }
}
