package dev.foresail.eval.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.LatencyHistogram;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A short run, and the arithmetic of the report on made-up readings. Nothing here depends on how fast the machine is. */
final class ChoiceLatencyTest {
    private static final int WARM_UP = 1_000;
    private static final int DECISIONS = 2_000;

    private static Reading reading(long slow) {
        LatencyHistogram latency = new LatencyHistogram();
        for (int decision = 0; decision < 1_000; decision++) {
            latency.record(decision < slow ? 50_000 : 1_000);
        }
        return new Reading(new DecisionCounts(0, 1_000, 0), latency, new TreeMap<>());
    }

    private static List<Boolean> holds(Experiment.Report report) {
        return report.bars().stream().map(Bar::holds).toList();
    }

    @Test
    void theLiveDispatcherDecidesFromKnownValuesAndRightly() throws Exception {
        try (Deployment deployment = Deployment.start(1);
                Progress progress = Progress.onStandardError("deciding")) {
            Reading reading = new LatencyTrial(deployment, progress, new Interruption()).run(WARM_UP, DECISIONS);
            assertEquals(DECISIONS, reading.decisions().total());
            assertEquals(DECISIONS, reading.knownLatency().count(), "the warm-up does not count");
            assertEquals(100, reading.knownPercent());
            assertEquals(deployment.nodes().keySet(), reading.loopGaps().keySet());
            List<Decision> decisions =
                    deployment.node(Deployment.DISPATCHER).statistics().decisions();
            Decision last = decisions.get(decisions.size() - 1);
            assertEquals(List.of("dispatch[n11]", "dispatch[n12]", "dispatch[n13]"), last.alternatives());
            assertEquals(2, last.chosen(), "the fastest worker");
            assertEquals(Decision.Source.CACHED, last.source());
        }
    }

    @Test
    void oneInAHundredMayBeSlow() {
        assertEquals(List.of(true, true), holds(ChoiceLatency.report(reading(10), 1_000, "again")));
        assertEquals(List.of(true, false), holds(ChoiceLatency.report(reading(11), 1_000, "again")));
    }

    @Test
    void tooFewDecisionsSayNothing() {
        assertEquals(List.of(false, true), holds(ChoiceLatency.report(reading(0), 1_001, "again")));
        Reading nothing = new Reading(DecisionCounts.NONE, new LatencyHistogram(), new TreeMap<>());
        assertEquals(List.of(false, false), holds(ChoiceLatency.report(nothing, 1, "again")));
        assertTrue(Double.isNaN(nothing.knownPercent()));
    }

    @Test
    void aReadingCountsFromAnEarlierOne() {
        Reading earlier = reading(0);
        LatencyHistogram more = earlier.knownLatency().copy();
        more.record(2_000);
        Reading later = new Reading(new DecisionCounts(1, 1_002, 3), more, new TreeMap<>());
        Reading between = later.since(earlier);
        assertEquals(new DecisionCounts(1, 2, 3), between.decisions());
        assertEquals(1, between.knownLatency().count());
        assertEquals(100.0 / 6, between.knownPercent());
    }
}
