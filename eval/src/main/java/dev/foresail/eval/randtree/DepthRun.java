package dev.foresail.eval.randtree;

import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.randtree.trial.SimulatedTrial;

/**
 * What one run gave.
 *
 * @param group the schedule's name, or that of the schedule and the network
 * @param variant the variant's name
 * @param afterJoin the maximum depth in levels; NaN when not everybody got connected
 * @param afterRejoin the same after the failure
 * @param secondsToJoin from the first Join until everybody is connected
 * @param secondsToRejoin from the first Join after the failure (interior: from the failure) until everybody is connected
 * @param failures handlers that threw
 */
record DepthRun(
        String group,
        String variant,
        double afterJoin,
        double afterRejoin,
        double secondsToJoin,
        double secondsToRejoin,
        DecisionCounts decisions,
        int failures) {
    static DepthRun of(String group, String variant, SimulatedTrial.Outcome outcome) {
        return new DepthRun(
                group,
                variant,
                outcome.figure("maxDepthAfterJoin"),
                outcome.figure("maxDepthAfterRejoin"),
                outcome.figure("secondsToJoin"),
                outcome.figure("secondsToRejoin"),
                outcome.decisions(),
                outcome.failures().size());
    }

    /** Whether both depths are those of a full binary tree of 31 nodes; a run that did not finish is not. */
    boolean isOptimal(int levels) {
        return afterJoin == levels && afterRejoin == levels;
    }

    boolean isUnfinished() {
        return Double.isNaN(afterJoin) || Double.isNaN(afterRejoin);
    }
}
