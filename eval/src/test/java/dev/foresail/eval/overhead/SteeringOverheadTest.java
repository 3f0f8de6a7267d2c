package dev.foresail.eval.overhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.LookAhead;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.transport.LinkConditions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Short runs, and the arithmetic of the report on made-up figures. Nothing here depends on how fast the machine is. */
final class SteeringOverheadTest {
    private static Saturation.Round round(double off, double steer, double bare) {
        return new Saturation.Round(Map.of(
                Saturation.OFF, new Saturation.Rate(off, 1e9 / off),
                Saturation.STEER, new Saturation.Rate(steer, 1e9 / steer),
                Saturation.BARE, new Saturation.Rate(bare, 1e9 / bare)));
    }

    /** 100 requests, of which the slowest two take so long. */
    private static Distribution micros(double slow) {
        return Distribution.of(IntStream.range(0, 100)
                .mapToObj(request -> request < 98 ? 50.0 : slow)
                .toList());
    }

    private static TreeTraffic.Sent sent(long checkpointBytes) {
        return new TreeTraffic.Sent(
                2,
                new TreeMap<>(Map.of(
                        NodeId.of(1), new TreeMap<>(Map.of("Payload", 1_000_000L, "CheckpointAnswer", checkpointBytes)),
                        NodeId.of(2), new TreeMap<>(Map.of("AggregateExport", 1_000_000L, "CheckpointRequest", 5L)))));
    }

    private static List<Boolean> holds(Experiment.Report report) {
        return report.bars().stream().map(Bar::holds).toList();
    }

    private static Experiment.Report report(
            List<Saturation.Round> saturation, double steeredP99, TreeTraffic.Sent traffic) {
        return SteeringOverhead.report(
                new SteeringOverhead.Measured(
                        List.of(saturation),
                        List.of(new RequestLatency.Round(micros(100), micros(steeredP99))),
                        traffic,
                        List.of(new LookAhead(1, 1, 1, 0, 0, 30_000_000, 0))),
                "again");
    }

    @Test
    void everyFigureIsARatioWithinOneRound() {
        // The machine was slow in the second round, for all.
        List<Saturation.Round> rounds =
                List.of(round(1_000, 960, 1_100), round(100, 96, 110), round(1_000, 960, 1_100));
        assertEquals(List.of(true, true, true, true, true), holds(report(rounds, 110, sent(2_499))));
        assertEquals(0.96, Saturation.medianRatio(List.of(rounds), Saturation.STEER, Saturation.OFF), 1e-9);
    }

    @Test
    void aBarThatIsMissedSaysSo() {
        List<Saturation.Round> slow = List.of(round(840, 790, 1_000));
        assertEquals(List.of(false, false, false, false, true), holds(report(slow, 111, sent(2_500))));
    }

    @Test
    void nothingMeasuredHoldsNothing() {
        Experiment.Report report = SteeringOverhead.report(
                new SteeringOverhead.Measured(List.of(), List.of(), TreeTraffic.Sent.NOTHING, List.of()), "again");
        assertEquals(List.of(false, false, false, false, false), holds(report));
    }

    @Test
    void onlyWhatIsOfCheckpointsCountsAsTheirTraffic() {
        assertEquals(8, sent(2_000).checkpointKilobits(NodeId.of(1)), 1e-9);
        assertEquals(0.02, sent(2_000).checkpointKilobits(NodeId.of(2)), 1e-9);
    }

    @Test
    void aSteeredPairLosesNothingAndNothingIsTurnedAway() {
        try (LivePair pair = new LivePair(SteeringMode.STEER, Map.of("window", "64"), LinkConditions.NONE)) {
            pair.begin();
            while (pair.messages() < 5_000) {
                // Each question is a task on the loop, so asking over and over leaves it time to play.
                assertTrue(Rally.windowIsKept(pair.state(LivePair.FIRST)));
            }
            pair.pause();
            for (NodeId node : List.of(LivePair.FIRST, LivePair.SECOND)) {
                assertTrue(Rally.nothingIsHeardTwice(pair.state(node)));
                assertEquals(0, pair.node(node).statistics().eventsTurnedAway());
                assertTrue(pair.node(node).statistics().bytesSent().get("Payload") > 0);
            }
        }
    }

    @Test
    void everyRequestHasItsTimeTaken() throws Exception {
        try (Progress progress = Progress.onStandardError("asking")) {
            List<RequestLatency.Round> rounds =
                    new RequestLatency(new RequestLatency.Plan(0, 1, 200), new Interruption(), progress).play();
            assertFalse(rounds.isEmpty());
            assertTrue(rounds.get(0).off().count() > 0);
            assertTrue(rounds.get(0).steer().count() > 0);
        }
    }

    @Test
    void aTreeThatStandsIsListenedTo() throws Exception {
        try (Progress progress = Progress.onStandardError("listening")) {
            TreeTraffic.Sent sent =
                    new TreeTraffic(new TreeTraffic.Plan(3, 1_500, 1), new Interruption(), progress).measure();
            assertEquals(3, sent.bytes().size());
            assertFalse(Double.isNaN(sent.mostCheckpointKilobits()));
            assertTrue(sent.bytes().values().stream().allMatch(kinds -> kinds.containsKey("Payload")), sent::toString);
        }
    }

    @Test
    void aFigureIsTheMedianOfSeveralSets() {
        List<List<Saturation.Round>> sets = List.of(
                List.of(round(100, 96, 110)),
                List.of(round(100, 80, 110), round(100, 85, 110), round(100, 85, 110)),
                List.of(round(100, 92, 110)));
        assertEquals(0.92, Saturation.medianRatio(sets, Saturation.STEER, Saturation.OFF), 1e-9);
        assertEquals(List.of(0.96, 0.85, 0.92), Saturation.results(sets).get("steerToOffBySet"));
    }

    @Test
    void eachPlaysInAJvmOfItsOwn() throws Exception {
        try (Progress progress = Progress.onStandardError("saturating")) {
            List<List<Saturation.Round>> sets =
                    new Saturation(new Saturation.Plan(1, 20_000, 1, 500), new Interruption(), progress).play();
            assertEquals(1, sets.size());
            for (String name : Saturation.NAMES) {
                assertTrue(sets.get(0).get(0).rate(name).perSecond() > 0, name);
            }
        }
    }

    @Test
    void whoIsAskedToEndReportsNothing() throws Exception {
        Interruption interruption = new Interruption();
        interruption.request();
        try (Progress progress = Progress.onStandardError("saturating")) {
            assertEquals(
                    Collections.emptyList(),
                    new Saturation(new Saturation.Plan(2, 1_000_000, 3, 50), interruption, progress).play());
        }
    }
}
