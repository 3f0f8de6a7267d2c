package dev.foresail.predictor.scenario.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.fixture.DiaryMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Faults at given times that overlap each other, or what somebody else does to the nodes meanwhile. */
class FaultDriverTest {
    private final Simulation<Diary> stage =
            Simulations.of(new DiaryMachine(), List.of(), 3, 1, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    private final NodeId first = stage.nodes().get(0);
    private final List<NodeId> again = new ArrayList<>();

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private void play(String fault, Duration... times) {
        FaultMix mix = FaultMix.parse(fault);
        FaultKind kind = mix.faults().get(0).kind();
        List<FaultOccurrence> given = Arrays.stream(times)
                .map(time -> new FaultOccurrence(kind, time, time.toMillis()))
                .toList();
        new FaultDriver(stage, seconds(60), again::add).play(mix, 1, Optional.of(given));
    }

    /** Whether a timer of a second, wound now, goes off after just a second. */
    private boolean isClockRight() {
        stage.call(first, "wind", List.of(seconds(1)));
        Duration due = stage.now().plusSeconds(1);
        stage.runUntil(due.minusNanos(1));
        long before = rings();
        stage.runUntil(due);
        return rings() == before + 1;
    }

    private long rings() {
        return ((Diary) stage.state(first).orElseThrow())
                .entries().stream().filter("rang"::equals).count();
    }

    @Test
    void ofClockFaultsThatOverlapTheLatestHeals() {
        stage.start(first);
        play("clock 1/min for 10s", seconds(2), seconds(7));
        assertTrue(isClockRight());
        stage.runUntil(seconds(8));
        assertFalse(isClockRight(), "twice wrong");
        stage.runUntil(seconds(13));
        assertFalse(isClockRight(), "the first is over, but not the second");
        stage.runUntil(seconds(18));
        assertTrue(isClockRight());
        assertEquals(2.0, stage.records().get("faults.clock"));
    }

    private NodeId onlyOneDown() {
        List<NodeId> down =
                stage.nodes().stream().filter(node -> !stage.isUp(node)).toList();
        assertEquals(1, down.size());
        return down.get(0);
    }

    @Test
    void whoWasStartedAndCrashedForGoodMeanwhileStaysDown() {
        stage.nodes().forEach(stage::start);
        play("crash 1/min for 5s", seconds(1));
        stage.runUntil(seconds(2));
        NodeId crashed = onlyOneDown();
        stage.restart(crashed);
        stage.runUntil(seconds(3));
        stage.crash(crashed, Duration.ZERO);
        stage.runUntil(seconds(20));
        assertFalse(stage.isUp(crashed));
        assertEquals(List.of(), again);
    }

    @Test
    void whoWasToldToCrashWhileItWasDownIsForTheLatterToStart() {
        stage.nodes().forEach(stage::start);
        play("amnesia 1/min for 5s", seconds(1));
        stage.runUntil(seconds(2));
        NodeId crashed = onlyOneDown();
        stage.crash(crashed, Duration.ZERO);
        long latest = stage.latestCrash(crashed);
        stage.runUntil(seconds(20));
        assertTrue(stage.isDownSince(crashed, latest));
        stage.restart(crashed);
        assertFalse(stage.isDownSince(crashed, latest));
    }

    @Test
    void whomNobodyElseTouchesComesBack() {
        stage.nodes().forEach(stage::start);
        play("crash 1/min for 5s", seconds(1));
        stage.runUntil(seconds(2));
        NodeId crashed = onlyOneDown();
        stage.runUntil(seconds(7));
        assertEquals(List.of(crashed), again);
        assertTrue(stage.isUp(crashed));
    }
}
