package dev.foresail.eval.churn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.churn.ChurnRun.Outcome;
import dev.foresail.eval.churn.ChurnRun.Size;
import dev.foresail.eval.churn.Consistency.Told;
import dev.foresail.eval.churn.LiveChurn.Pair;
import dev.foresail.eval.churn.LivePart.Plan;
import dev.foresail.eval.churn.LivePart.Played;
import dev.foresail.network.topology.PowerLaw;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Experiment.Report;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.live.RealClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live nodes under churn, and what is said of them. */
@Timeout(120)
final class LiveChurnTest {
    private static final Size SMALL =
            new Size(12, Duration.ofMillis(300), Duration.ofMillis(800), Duration.ofMillis(300));

    private static Outcome outcome(double deaths, double consistent, double median, int failures) {
        Map<String, Double> figures =
                Map.of("consistentPercent", consistent, "latencyMedian", median, "nodesThatEnded", 0.0);
        return new Outcome(7, deaths, new TreeMap<>(figures), failures, "aa");
    }

    private static Report report(Pair... pairs) {
        return LiveChurn.report(1, List.of(pairs), SMALL, "again");
    }

    @Test
    void theBarsAreHowFarLiveNodesAreFromSimulatedOnesAtEachRate() {
        Report report = report(
                new Pair(outcome(0.1, 99, 109, 0), outcome(0.1, 100, 100, 0)),
                new Pair(outcome(0.8, 98, 89, 0), outcome(0.8, 96.5, 100, 1)));
        assertEquals(
                List.of(true, true, true, true, true, false, false, false, true, true),
                report.bars().stream().map(Bar::holds).toList(),
                report::toString);
        assertEquals(1.5, report.bars().get(5).value());
        assertEquals(11, report.bars().get(6).value(), 1e-9);
    }

    /** One too slow by as much as another is too fast were right in the mean. */
    @Test
    void runsThatAreApartInOppositeDirectionsAreApart() {
        Report report = report(
                new Pair(outcome(0.8, 98, 120, 0), outcome(0.8, 99, 100, 0)),
                new Pair(outcome(0.8, 100, 80, 0), outcome(0.8, 99, 100, 0)));
        assertEquals(1, report.bars().get(0).value());
        assertEquals(20, report.bars().get(1).value(), 1e-9);
        assertFalse(report.bars().get(1).holds());
    }

    /** Neither throws: what such a node was asked is not judged. */
    @Test
    void aNodeThatEndsByItselfAndAnotherScheduleAreNoComparison() {
        Outcome right = outcome(0.8, 99, 100, 0);
        SortedMap<String, Double> figures = new TreeMap<>(right.figures());
        figures.put("nodesThatEnded", 1.0);
        Report report = report(new Pair(new Outcome(7, 0.8, figures, 0, "bb"), right));
        assertEquals(
                List.of(true, true, true, false, false),
                report.bars().stream().map(Bar::holds).toList());
    }

    @Test
    void whatWasNotMeasuredHoldsNothing() {
        assertTrue(report().bars().stream().noneMatch(Bar::holds));
        Pair unmeasured = new Pair(outcome(0.8, Double.NaN, Double.NaN, 0), outcome(0.8, 99, 100, 0));
        assertEquals(
                List.of(false, false, true, true, true),
                report(unmeasured).bars().stream().map(Bar::holds).toList());
    }

    /** Each has connections with all others, and a process may have so many files open. */
    @Test
    void thereAreAsManyProcessesAsNodesNeedFilesFor() throws IOException {
        Size hundred = new Size(100, Duration.ofSeconds(30), Duration.ofMinutes(3));
        assertEquals(1, LiveChurnRun.processes(hundred, 0.8, Long.MAX_VALUE));
        assertEquals(2, LiveChurnRun.processes(hundred, 0.8, 20_000));
        String refusal = assertThrows(ConfigurationException.class, () -> LiveChurnRun.processes(hundred, 0.8, 1_024))
                .getMessage();
        assertTrue(refusal.contains("[FS527]"), refusal);
        String page = Files.readString(Path.of("../docs/errors/FS527.md"));
        assertTrue(page.contains(refusal), refusal);
    }

    /** Three of a group's five members are in one process and two in the other. */
    @Test
    void aGroupIsJudgedAsAWholeThoughItsMembersAreInSeveralProcesses() throws IOException {
        Told right = new Told(Optional.of(NodeId.of(3)), 100_000_000);
        Told wrong = new Told(Optional.of(NodeId.of(4)), 100_000_000);
        SortedMap<String, Double> figures = new TreeMap<>(Map.of("messagesSent", 7.0, "loopGapMax", 2.0));
        SortedMap<String, Double> others = new TreeMap<>(Map.of("messagesSent", 5.0, "loopGapMax", 3.0));
        Played one = new Played(new TreeMap<>(Map.of(1, List.of(right, wrong))), figures, "aa", false);
        Played other = new Played(new TreeMap<>(Map.of(1, List.of(right, wrong, right))), others, "aa", false);
        Outcome whole = LiveChurnRun.together(plan(2), List.of(one, other));
        assertEquals(60, whole.figure("consistentPercent"));
        assertEquals(12, whole.figure("messagesSent"));
        assertEquals(3, whole.figure("loopGapMax"));
        Played ended = new Played(new TreeMap<>(), new TreeMap<>(Map.of("mostOpenFiles", 800.0)), "", true);
        String refusal = assertThrows(
                        ConfigurationException.class, () -> LiveChurnRun.together(plan(2), List.of(one, ended)))
                .getMessage();
        assertTrue(refusal.contains("[FS527]") && refusal.contains("'ulimit -n 1600'"), refusal);
    }

    /** One was too late for a death and drew another victim for the next. */
    @Test
    void partsInWhichOthersDiedDoNotBelongTogether() {
        Played one = new Played(new TreeMap<>(), new TreeMap<>(), "aa", false);
        Played other = new Played(new TreeMap<>(), new TreeMap<>(), "bb", false);
        String refusal = assertThrows(IOException.class, () -> LiveChurnRun.together(plan(2), List.of(one, other)))
                .getMessage();
        assertTrue(refusal.contains("aa, bb"), refusal);
    }

    @Test
    void theSameScheduleHasTheSameDigestAndAnotherOrderAnother() {
        ScheduleDigest one = new ScheduleDigest();
        ScheduleDigest other = new ScheduleDigest();
        List<ScheduleDigest> both = List.of(one, other);
        both.forEach(digest -> digest.happened("leave", NodeId.of(1), Duration.ofSeconds(1)));
        assertEquals(one.toString(), other.toString());
        one.happened("leave", NodeId.of(2), Duration.ofSeconds(2));
        one.happened("join", NodeId.of(3), Duration.ofSeconds(3));
        other.happened("join", NodeId.of(3), Duration.ofSeconds(3));
        other.happened("leave", NodeId.of(2), Duration.ofSeconds(2));
        assertNotEquals(one.toString(), other.toString());
    }

    /** Such as those of a JVM that logs its collections. */
    @Test
    void linesThatAProcessDidNotSayArePassedOver() throws IOException {
        SortedMap<Integer, List<Told>> judged = new TreeMap<>(Map.of(
                3, List.of(new Told(Optional.of(NodeId.of(4)), 5), new Told(Optional.empty(), 0))));
        Played played = new Played(judged, new TreeMap<>(Map.of("messagesSent", 7.5)), "aa", true);
        StringBuilder text = new StringBuilder("[0.004s][info][gc] Using G1\n" + PlayedLines.READY + "\n");
        PlayedLines.of(played).forEach(line -> text.append(line).append("\n[2.1s][info][gc] GC(0) Pause\n"));
        BufferedReader said = new BufferedReader(new StringReader(text.toString()));
        PlayedLines.awaitReady(said);
        assertEquals(played, PlayedLines.read(said));
        assertThrows(IOException.class, () -> PlayedLines.read(said));
    }

    /** It was not known before the end of the whole run. */
    @Test
    void aProcessThatEndsBeforeItIsToldToIsNoticed() throws Exception {
        Plan wrong = new Plan(SMALL, 4, Map.of("noSuchSetting", "1"), 5, 2);
        try (LivePart part = new LivePart(plan(2), 0, Map.of());
                LivePartJvm other = new LivePartJvm(wrong, 1, part.addresses())) {
            assertThrows(IOException.class, () -> other.awaitReady(new Interruption()));
            assertTrue(other.hasFailed());
            assertEquals(Optional.empty(), part.play(RealClock.nanos(), other::hasFailed));
            Interruption asked = new Interruption();
            asked.request();
            assertFalse(other.awaitReady(asked), "Ctrl-C has ended both");
        }
    }

    private static Plan plan(int processes) {
        return new Plan(SMALL, 4, Map.of(), 5, processes);
    }

    /** The same draws decide in both who dies and who comes, and how often; half of the live nodes are in another process. */
    @Test
    void theSameLiveNodesDieAndJoinAsSimulatedOnes() throws Exception {
        Outcome simulated = ChurnRun.play(SMALL, 4, PowerLaw.generate(SMALL.nodes(4), 5), Map.of(), 5);
        Outcome live = playedInTime();
        assertTrue(simulated.figure("faults.leave") > 0 && simulated.figure("faults.join") > 0, simulated::toString);
        for (String same : List.of("faults.leave", "faults.join")) {
            assertEquals(simulated.figure(same), live.figure(same), live::toString);
        }
        assertEquals(simulated.schedule(), live.schedule());
        assertTrue(live.figure("lookups") > 0 && live.figure("messagesSent") > 0, live::toString);
        assertEquals(0, live.failures());
        assertEquals(0, live.figure("nodesThatEnded"), live::toString);
        assertEquals(2, live.figure("processes"));
    }

    /** On a machine that is busy with other things a process may come too late to all that was planned, which is refused; not three times. */
    private static Outcome playedInTime() throws Exception {
        IOException late = new IOException("it was not played");
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                return LiveChurnRun.play(plan(2), new Interruption()).orElseThrow();
            } catch (IOException refused) {
                late = refused;
            }
        }
        throw late;
    }

    @Test
    void whoAsksForTheEndGetsItAtOnce() throws Exception {
        Interruption interruption = new Interruption();
        interruption.request();
        Size hours = new Size(12, Duration.ofMinutes(1), Duration.ofHours(1));
        for (int processes : new int[] {1, 2}) {
            Plan plan = new Plan(hours, 0, Map.of(), 5, processes);
            assertEquals(Optional.empty(), LiveChurnRun.play(plan, interruption));
        }
    }
}
