package dev.foresail.steering.live;

import dev.foresail.predictor.simulate.DecisionCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up what the nodes of a stage have done. Thread-safe. */
final class LiveTotals {
    private final LatencyHistogram knownLatency = new LatencyHistogram();
    private final List<String> failures = new ArrayList<>();
    private final LatencyHistogram loopGaps = new LatencyHistogram();
    private LiveOutcome.Events events = LiveOutcome.Events.NONE;
    private DecisionCounts decisions = DecisionCounts.NONE;
    private long messagesSent;
    private long envelopesSent;
    private Duration longestLoopGap = Duration.ZERO;

    synchronized void failed(String what) {
        failures.add(what);
    }

    /** One incarnation of a node is over. */
    synchronized void ended(NodeStatistics statistics) {
        knownLatency.add(statistics.knownLatency());
        loopGaps.add(statistics.loopGaps());
        events = events.plus(statistics);
        decisions = decisions.plus(statistics.decisionCounts());
        messagesSent += statistics.messagesSent();
        envelopesSent += statistics.envelopesSent();
        if (statistics.longestLoopGap().compareTo(longestLoopGap) > 0) {
            longestLoopGap = statistics.longestLoopGap();
        }
    }

    synchronized LiveOutcome outcome(
            SortedMap<String, Double> records, Duration longestLateness, Duration duration, boolean finished) {
        return new LiveOutcome(
                Collections.unmodifiableSortedMap(new TreeMap<>(records)),
                decisions,
                knownLatency,
                messagesSent,
                envelopesSent,
                events,
                loopGaps,
                longestLoopGap,
                longestLateness,
                List.copyOf(failures),
                duration,
                finished);
    }
}
