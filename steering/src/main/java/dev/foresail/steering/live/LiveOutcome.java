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
 * @param events what was done about events
 * @param loopGaps how late event loops got to their regular ticks; a pause of a node is one, too
 * @param longestLoopGap the longest time that an event loop did not get to what was due
 * @param longestLateness the longest time from when an action of the scenario was planned to when it began
 * @param failures nodes that ended by themselves, calls that failed
 * @param finished whether the scenario ended the run, and not the limit
 */
public record LiveOutcome(
        SortedMap<String, Double> records,
        DecisionCounts decisions,
        LatencyHistogram knownLatency,
        long messagesSent,
        long envelopesSent,
        Events events,
        LatencyHistogram loopGaps,
        Duration longestLoopGap,
        Duration longestLateness,
        List<String> failures,
        Duration duration,
        boolean finished) {
    /**
     * What was done about events.
     *
     * @param handled events whose handler ran
     * @param turnedAway events that steering has kept from having effect
     * @param interventions events that would have violated a safety property
     * @param threw events whose handler threw
     */
    public record Events(long handled, long turnedAway, long interventions, long threw) {
        static final Events NONE = new Events(0, 0, 0, 0);

        Events plus(NodeStatistics of) {
            return new Events(
                    handled + of.eventsHandled(),
                    turnedAway + of.eventsTurnedAway(),
                    interventions + of.interventionCount(),
                    threw + of.handlersThatThrew());
        }
    }
}
