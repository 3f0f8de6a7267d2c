package dev.foresail.steering.live;

import dev.foresail.predictor.simulate.DecisionCounts;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * What came out of a scenario that was played live; of all nodes and incarnations together.
 *
 * @param records the figures that the scenario has noted
 * @param knownLatency from the event to the decision, where values were known
 * @param messagesSent messages of the protocol
 * @param envelopesSent messages of the protocol and of the runtime
 * @param longestLoopGap the longest time that an event loop did not get to what was due
 * @param failures nodes that ended by themselves, calls that failed
 * @param finished whether the scenario ended the run, and not the limit
 */
public record LiveOutcome(
        SortedMap<String, Double> records,
        DecisionCounts decisions,
        LatencyHistogram knownLatency,
        long messagesSent,
        long envelopesSent,
        Duration longestLoopGap,
        List<String> failures,
        Duration duration,
        boolean finished) {}
