package dev.foresail.eval.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.experiment.Memory;
import dev.foresail.eval.soak.SoakRun.CallCounts;
import dev.foresail.eval.soak.SoakRun.Left;
import dev.foresail.eval.soak.SoakRun.Outcome;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Experiment.Report;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.live.LatencyHistogram;
import dev.foresail.steering.live.LiveOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** That the experiment would notice what it looks for, and that nodes get over some seconds of it. */
final class SoakTest {
    private static final Health WHOLE = new Health(0, List.of());
    private static final Left NOTHING_LEFT = new Left(List.of(), Optional.of(List.of()), 0);
    private static final CallCounts ALL_ANSWERED = new CallCounts(10, 8, 2, 0);

    private static List<Memory.Sample> heap(long... bytes) {
        return LongStream.of(bytes).mapToObj(live -> new Memory.Sample(live, 1)).toList();
    }

    private static Outcome outcome(
            List<Memory.Sample> samples, CallCounts calls, Optional<Health> health, List<NodeId> stuck, Left left) {
        return new Outcome(
                SoakPlan.of(5, Duration.ofSeconds(9), 1),
                samples,
                Map.of(Fault.CRASH, 3L),
                calls,
                health,
                Duration.ofSeconds(8),
                stuck,
                4,
                live(),
                left);
    }

    private static LiveOutcome live(String... failures) {
        return new LiveOutcome(
                new TreeMap<>(),
                DecisionCounts.NONE,
                new LatencyHistogram(),
                1,
                2,
                new LiveOutcome.Events(3, 0, 0, 0),
                new LatencyHistogram(),
                Duration.ofMillis(5),
                Duration.ofMillis(6),
                List.of(failures),
                Duration.ofSeconds(20),
                true);
    }

    private static List<String> missed(Outcome outcome) {
        return Soak.report(outcome, 1, "again").bars().stream()
                .filter(bar -> !bar.holds())
                .map(Bar::name)
                .toList();
    }

    @Test
    void memoryIsFlatWhenTheLastThirdIsWithinFivePercentOfTheMiddleThird() {
        assertEquals(
                0,
                Soak.changePercent(heap(1, 1, 200, 100, 100, 200, 150), Memory.Sample::liveHeapBytes),
                1e-9,
                "the first third does not count, the last one has what is over");
        assertEquals(5, Soak.changePercent(heap(9, 100, 105), Memory.Sample::liveHeapBytes), 1e-9);
        List<Memory.Sample> flat = heap(9, 100, 105);
        List<Memory.Sample> rising = heap(9, 100, 106);
        List<Memory.Sample> falling = heap(9, 100, 94);
        assertEquals(List.of(), missed(outcome(flat, ALL_ANSWERED, Optional.of(WHOLE), List.of(), NOTHING_LEFT)));
        for (List<Memory.Sample> samples : List.of(rising, falling, heap(1, 1), heap())) {
            assertEquals(
                    List.of("live heap: last third against middle third"),
                    missed(outcome(samples, ALL_ANSWERED, Optional.of(WHOLE), List.of(), NOTHING_LEFT)));
        }
    }

    @Test
    void everyOtherFigureHasItsBar() {
        List<Memory.Sample> flat = heap(1, 1, 1);
        assertEquals(
                List.of("nodes that did not answer a call in the end"),
                missed(outcome(flat, ALL_ANSWERED, Optional.of(WHOLE), List.of(NodeId.of(3)), NOTHING_LEFT)));
        assertEquals(
                List.of("nodes outside of the one tree in the end", "properties that do not come to hold in the end"),
                missed(outcome(
                        flat,
                        ALL_ANSWERED,
                        Optional.of(new Health(1, List.of("allJoined"))),
                        List.of(),
                        NOTHING_LEFT)));
        assertEquals(
                List.of("calls that were never answered"),
                missed(outcome(flat, new CallCounts(10, 8, 1, 1), Optional.of(WHOLE), List.of(), NOTHING_LEFT)));
        assertEquals(
                List.of("threads left", "sockets and selectors left open"),
                missed(outcome(
                        flat,
                        ALL_ANSWERED,
                        Optional.of(WHOLE),
                        List.of(),
                        new Left(List.of("foresail-n1-1-1"), Optional.of(List.of("2 socket")), 2))));
        assertEquals(
                3,
                missed(outcome(flat, ALL_ANSWERED, Optional.empty(), List.of(), NOTHING_LEFT))
                        .size(),
                "nobody has looked whether nodes are stuck and the tree is whole");
    }

    @Test
    void whereTheSystemDoesNotTellWhatIsOpenTheBarIsLeftOutWithANote() {
        Report report = Soak.report(
                outcome(
                        heap(1, 1, 1),
                        ALL_ANSWERED,
                        Optional.of(WHOLE),
                        List.of(),
                        new Left(List.of(), Optional.empty(), 0)),
                1,
                "again");
        assertFalse(report.bars().stream().anyMatch(bar -> bar.name().contains("sockets")), report::toString);
        assertTrue(String.valueOf(report.results().get("openLeft")).contains("no /proc"), report::toString);
    }

    @Test
    void whatIsOpenIsCountedByKind() {
        assertEquals(Optional.of("socket"), Census.kind("socket:[4711]"));
        assertEquals(Optional.of("eventpoll"), Census.kind("anon_inode:[eventpoll]"));
        assertEquals(Optional.of("inotify"), Census.kind("anon_inode:inotify"));
        assertEquals(Optional.empty(), Census.kind("/usr/lib/jvm/modules"));
    }

    @Test
    void threadsAndDescriptorsThatAreNewAreSeen() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        Census before = new Census(Census.take().threads(), Optional.of(new TreeMap<>(Map.of("socket", 2L))));
        Thread left = new Thread(
                () -> {
                    try {
                        enough.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                },
                "foresail-left");
        left.start();
        try {
            Census after = new Census(
                    Census.take().threads(), Optional.of(new TreeMap<>(Map.of("socket", 3L, "eventpoll", 2L))));
            assertEquals(List.of("foresail-left"), after.threadsSince(before));
            assertEquals(Optional.of(List.of("2 eventpoll", "1 socket")), after.openSince(before));
            assertEquals(3, after.openCountSince(before));
            assertEquals(0, before.openCountSince(after), "what is gone is not left");
        } finally {
            enough.countDown();
            left.join();
        }
    }

    @Test
    void aTreeIsWholeWhenAllHaveJoinedOneRoot() {
        RandTreeMachine machine = new RandTreeMachine();
        SortedMap<NodeId, RandTree> states = new TreeMap<>();
        for (long id = 1; id <= 3; id++) {
            states.put(NodeId.of(id), machine.create(List.of(2, Duration.ofSeconds(1), Duration.ofSeconds(1))));
        }
        Health apart = Health.of(3, states);
        assertEquals(3, apart.outside());
        assertTrue(apart.violated().contains("allJoined"), apart::toString);
        assertFalse(apart.isWhole());
        assertTrue(new Health(0, List.of("linksAgree")).isWhole());
        assertFalse(new Health(0, List.of("linksAgree", "hasNoLoops")).isWhole());
    }

    @Test
    void nodesGetOverSomeSecondsOfFaults() throws Exception {
        SoakPlan plan = SoakPlan.of(5, Duration.ofSeconds(4), 7).withFaultsEvery(Duration.ofMillis(200));
        Outcome outcome = SoakRun.play(plan, new Interruption());
        assertTrue(outcome.live().finished());
        assertTrue(
                outcome.injected().values().stream().mapToLong(Long::longValue).sum() >= 10,
                () -> "faults: " + outcome.injected());
        assertFalse(outcome.samples().isEmpty());
        List<String> missed = missed(outcome);
        assertEquals(
                List.of(),
                missed.stream().filter(name -> !name.startsWith("live heap")).toList(),
                () -> Soak.report(outcome, 1, "").results().toString());
    }

    @Test
    void whoHasHadEnoughGetsWhatThereIs() {
        Interruption interruption = new Interruption();
        interruption.request();
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                List.of("eval", "soak", "--minutes", "3", "--json"),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                interruption,
                false);
        assertEquals(ExitCode.UNKNOWN, code);
        assertTrue(out.toString().contains("foresail eval soak --minutes 3 --json"), out::toString);
        assertTrue(out.toString().strip().endsWith("\"partial\":true}"), out::toString);
    }
}
