package dev.foresail.eval.latency;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.live.LatencyHistogram;
import dev.foresail.steering.live.NodeStatistics;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the nodes have counted up to a moment. Immutable.
 *
 * @param decisions of the dispatcher
 * @param knownLatency of the dispatcher's decisions from known values
 * @param loopGaps how late each event loop got to its regular tick
 */
record Reading(DecisionCounts decisions, LatencyHistogram knownLatency, SortedMap<NodeId, LatencyHistogram> loopGaps) {
    Reading {
        loopGaps = Collections.unmodifiableSortedMap(new TreeMap<>(loopGaps));
    }

    static Reading of(Deployment deployment) {
        NodeStatistics dispatcher = deployment.node(Deployment.DISPATCHER).statistics();
        SortedMap<NodeId, LatencyHistogram> gaps = new TreeMap<>();
        deployment
                .nodes()
                .forEach((id, node) -> gaps.put(id, node.statistics().loopGaps().copy()));
        return new Reading(
                dispatcher.decisionCounts(), dispatcher.knownLatency().copy(), gaps);
    }

    /** What was counted after {@code earlier}. */
    Reading since(Reading earlier) {
        SortedMap<NodeId, LatencyHistogram> gaps = new TreeMap<>();
        loopGaps.forEach((id, later) -> {
            LatencyHistogram before = earlier.loopGaps.get(id);
            gaps.put(id, before == null ? later : later.since(before));
        });
        return new Reading(
                new DecisionCounts(
                        decisions.predicted() - earlier.decisions.predicted(),
                        decisions.cached() - earlier.decisions.cached(),
                        decisions.fallback() - earlier.decisions.fallback()),
                knownLatency.since(earlier.knownLatency),
                gaps);
    }

    /** The share in percent of all decisions that were made from known values; NaN without decisions. */
    double knownPercent() {
        return decisions.total() == 0 ? Double.NaN : 100.0 * knownLatency.count() / decisions.total();
    }
}
