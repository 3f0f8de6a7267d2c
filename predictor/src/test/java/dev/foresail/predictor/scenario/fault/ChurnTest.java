package dev.foresail.predictor.scenario.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.fixture.DiaryMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Eight diarists, of whom the first six are there from the beginning, for ten minutes. */
class ChurnTest {
    private static final Duration UNTIL = Duration.ofMinutes(10);

    private final Simulation<Diary> stage =
            Simulations.of(new DiaryMachine(), List.of(), 8, 1, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
    private final List<NodeId> started = new ArrayList<>();
    private final List<Duration> startedAt = new ArrayList<>();
    /** How many were up in every second. */
    private final List<Long> up = new ArrayList<>();

    private void play(Churn churn, Duration until) {
        stage.nodes().subList(0, 6).forEach(stage::start);
        IntStream.range(0, 700)
                .forEach(second -> stage.at(
                        Duration.ofSeconds(second).plusMillis(500),
                        () -> up.add(stage.nodes().stream().filter(stage::isUp).count())));
        churn.play(stage, RandomStream.of(5, "churn"), until, node -> {
            assertTrue(stage.isUp(node));
            started.add(node);
            startedAt.add(stage.now());
        });
        stage.runUntil(Duration.ofSeconds(700));
    }

    private double count(String what) {
        return stage.records().getOrDefault("faults." + what, 0.0);
    }

    private String began(NodeId node) {
        return ((Diary) stage.state(node).orElseThrow()).entries().get(0);
    }

    @Test
    void nodesLeaveAndComeBackAsIfTheyWereNew() {
        play(Churn.NONE.leaving(12, Duration.ofSeconds(10)), UNTIL);
        assertTrue(count("churn") > 80, "of 120 in ten minutes: " + count("churn"));
        assertEquals(count("churn"), started.size(), 0.0);
        assertTrue(up.subList(601, 700).stream().allMatch(now -> now == 6), "all are back");
        double away = up.subList(0, 600).stream().mapToLong(now -> 6 - now).sum();
        assertTrue(away > 700 && away < 1_500, "of 1,000 to 1,200 seconds: " + away);
        assertEquals("started with 0", began(started.get(0)));
    }

    @Test
    void whoKeepsItsStateStartsAgainWithIt() {
        play(Churn.NONE.leaving(6, Duration.ofSeconds(10)).keepingState(), UNTIL);
        assertEquals("restarted with 0", began(started.get(0)));
    }

    @Test
    void noMoreAreAwayThanMayBeAndTheLastStays() {
        play(Churn.NONE.leaving(60, Duration.ofSeconds(30)).mostAway(2), UNTIL);
        assertEquals(4, up.stream().mapToLong(now -> now).min().orElseThrow());
        up.clear();
        ChurnTest other = new ChurnTest();
        other.play(Churn.NONE.losing(60), UNTIL);
        assertEquals(5, other.count("leave"), 0.0);
        assertEquals(1, other.up.get(699));
    }

    @Test
    void newcomersJoinOneAfterTheOther() {
        play(Churn.NONE.joining(2, stage.nodes().subList(6, 8)), UNTIL);
        assertEquals(stage.nodes().subList(6, 8), started);
        assertEquals(2, count("join"), 0.0);
        assertEquals(8, up.get(699));
    }

    @Test
    void nobodyLeavesBeforeItIsWarm() {
        play(Churn.NONE.leaving(60, Duration.ofSeconds(1)).warmingUp(Duration.ofSeconds(60)), UNTIL);
        assertTrue(up.subList(0, 60).stream().allMatch(now -> now == 6));
        assertTrue(
                count("churn") > 20 && count("churn") <= 54, "six nodes, nine times each at most: " + count("churn"));
    }

    /** Somebody else starts whoever is away, and crashes it for good. */
    @Test
    void whoWasCrashedAnewMeanwhileStaysDown() {
        stage.nodes().subList(0, 6).forEach(stage::start);
        Churn.NONE
                .leaving(60, Duration.ofSeconds(20))
                .play(stage, RandomStream.of(5, "churn"), Duration.ofSeconds(30), started::add);
        stage.runUntil(Duration.ofSeconds(8));
        List<NodeId> away = stage.nodes().subList(0, 6).stream()
                .filter(node -> !stage.isUp(node))
                .toList();
        assertTrue(away.size() >= 2, away::toString);
        away.forEach(node -> {
            stage.restart(node);
            stage.crash(node, Duration.ZERO);
        });
        stage.runUntil(Duration.ofSeconds(60));
        assertTrue(away.stream().noneMatch(stage::isUp), "for good");
        assertEquals(6 - away.size(), up(6), "all others are back");
    }

    private long up(int nodes) {
        return stage.nodes().subList(0, nodes).stream().filter(stage::isUp).count();
    }

    @Test
    void nothingHappensAfterItsEnd() {
        play(
                Churn.NONE
                        .leaving(30, Duration.ofSeconds(60))
                        .joining(1, stage.nodes().subList(6, 8)),
                Duration.ofSeconds(100));
        assertTrue(startedAt.stream().allMatch(time -> time.compareTo(Duration.ofSeconds(100)) <= 0));
        assertEquals(1, up.subList(101, 700).stream().distinct().count(), "who is to come back is back by then");
    }

    @Test
    void whatCannotBeIsRefused() {
        List<Runnable> wrong = List.of(
                () -> Churn.NONE.leaving(-1, Duration.ZERO),
                () -> Churn.NONE.leaving(1, Duration.ofSeconds(-1)),
                () -> Churn.NONE.leaving(Double.POSITIVE_INFINITY, Duration.ofSeconds(1)),
                () -> Churn.NONE.losing(Double.NaN),
                () -> Churn.NONE.losing(1e300),
                () -> Churn.NONE.joining(Double.POSITIVE_INFINITY, stage.nodes()),
                () -> new FaultMix.Fault(FaultKind.CUT, Double.POSITIVE_INFINITY, Duration.ZERO),
                () -> new FaultMix.Fault(FaultKind.CUT, 0, Duration.ZERO),
                () -> Churn.NONE.joining(-1, List.of()),
                () -> Churn.NONE.mostAway(-1),
                () -> Churn.NONE.warmingUp(Duration.ofSeconds(-1)));
        for (Runnable one : wrong) {
            String said = assertThrows(IllegalArgumentException.class, one::run).getMessage();
            assertTrue(said.startsWith("[FS431] "), said);
        }
    }
}
