package dev.foresail.eval.randtree;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.steering.cli.Experiment.Bar;
import java.util.List;

/** What is asked of the depths of 31 nodes' trees. Pure functions. */
final class DepthBars {
    /** Levels of a full binary tree of 31 nodes. */
    static final int OPTIMUM = 5;

    private static final double OPTIMAL_PERCENT = 95;
    private static final double DEEPEST_ON_HARSH = 6;
    private static final double LEVELS_BETTER = 0.5;
    private static final double FORESEEN_PERCENT = 80;

    private DepthBars() {}

    static List<Bar> of(DepthFigures figures) {
        double predicted = figures.meanAfterRejoin(DepthSchedule.INTERIOR, "predicted");
        return new Bars()
                .atLeast(
                        "half: predicted, seeds with 5 levels after join and rejoin",
                        figures.optimalPercent(DepthSchedule.HALF, "predicted", OPTIMUM),
                        "%",
                        OPTIMAL_PERCENT)
                .atMost(
                        "harsh: predicted, deepest tree of all seeds",
                        figures.deepest(DepthSchedule.HARSH, "predicted"),
                        "levels",
                        DEEPEST_ON_HARSH)
                .atLeast(
                        "interior: mean of round-robin less mean of predicted",
                        figures.meanAfterRejoin(DepthSchedule.INTERIOR, "round-robin") - predicted,
                        "levels",
                        LEVELS_BETTER)
                .atLeast(
                        "interior: mean of least-delegated less mean of predicted",
                        figures.meanAfterRejoin(DepthSchedule.INTERIOR, "least-delegated") - predicted,
                        "levels",
                        LEVELS_BETTER)
                .atLeast(
                        "predicted: decisions that rest on predictions, cached ones included",
                        figures.foreseenPercent("predicted"),
                        "%",
                        FORESEEN_PERCENT)
                .below(
                        "half: random (prediction off), seeds with 5 levels after join and rejoin",
                        figures.optimalPercent(DepthSchedule.HALF, "random", OPTIMUM),
                        "%",
                        OPTIMAL_PERCENT)
                .atMost("runs in which not everybody got connected", (double) figures.unfinished(), "runs", 0)
                .atMost("handlers that threw", (double) figures.failures(), "failures", 0)
                .all();
    }
}
