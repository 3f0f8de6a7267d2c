package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.scenario.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One writes to two in the tenth second; what went wrong with them before that is told, and with others it is not. */
class RetoldFaultsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final NodeId FOUR = NodeId.of(4);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What goes wrong in the first second, and what is told of it. */
    private record Case(String name, Consumer<Simulation<Diary>> faults, List<String> told) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static void play(Simulation<Diary> on, Consumer<Simulation<Diary>> faults) {
        on.at(Duration.ZERO, () -> on.nodes().forEach(on::start));
        on.at(SECOND, () -> faults.accept(on));
        on.at(SECOND.multipliedBy(10), () -> on.call(ONE, "write", List.of(TWO, 9L)));
    }

    private static List<String> story(Consumer<Simulation<Diary>> faults) {
        Simulation<Diary> first = Diarists.notStarted(4);
        play(first, faults);
        first.runUntil(SECOND.multipliedBy(11));
        Simulation<Diary> again = Diarists.notStarted(4);
        Retelling<Diary> retelling = new Retelling<>(again, TWO, first.events());
        play(again, faults);
        return ViolationText.lines(retelling.tell(() -> false).orElseThrow());
    }

    private static List<String> told(Consumer<Simulation<Diary>> faults) {
        return story(faults).stream()
                .filter(line -> line.contains(" s  fault: "))
                .map(line -> line.substring(line.indexOf("fault: ") + "fault: ".length()))
                .toList();
    }

    private static void crash(Simulation<Diary> on, Runnable comesBack) {
        on.crash(ONE, Duration.ZERO);
        on.at(SECOND.multipliedBy(2), comesBack);
    }

    private static void write(Simulation<Diary> on, NodeId from, NodeId to) {
        on.call(from, "write", List.of(to, 5L));
    }

    private static Stream<Case> nodes() {
        return Stream.of(
                new Case("nothing", on -> {}, List.of()),
                new Case(
                        "crash",
                        on -> crash(on, () -> on.restart(ONE)),
                        List.of("n1 crashes", "n1 comes back with its durable fields")),
                new Case(
                        "amnesia",
                        on -> crash(on, () -> on.restartAnew(ONE)),
                        List.of("n1 crashes", "n1 comes back with nothing")),
                new Case(
                        "lost writes",
                        on -> {
                            on.rememberWrites(3);
                            crash(on, () -> on.restartWithoutWrites(ONE, 2));
                        },
                        List.of("n1 crashes", "n1 comes back without its last 2 writes")),
                new Case(
                        "torn write",
                        on -> {
                            on.rememberWrites(1);
                            crash(on, () -> on.restartTorn(ONE));
                        },
                        List.of("n1 crashes", "n1 comes back with a part of its last write")),
                new Case(
                        "silent reset",
                        on -> on.silentReset(TWO),
                        List.of("n2 has lost everything and starts anew; nobody is told")),
                new Case("pause", on -> on.pause(TWO, SECOND), List.of("n2 is paused for 1 s")),
                new Case(
                        "slow",
                        on -> on.slow(ONE, Duration.ofMillis(20), SECOND),
                        List.of("n1 takes 0.02 s for every event, for 1 s")),
                new Case(
                        "clock",
                        on -> {
                            on.stepClock(ONE, Duration.ofMillis(300));
                            on.driftClock(ONE, -25_000);
                            on.driftClock(ONE, 0);
                        },
                        List.of(
                                "n1 has a clock that jumps by 0.3 s",
                                "n1 has a clock that runs 2.5 % slow",
                                "n1 has a clock that runs right from now on")));
    }

    private static Stream<Case> ways() {
        return Stream.of(
                new Case(
                        "break",
                        on -> on.breakConnection(ONE, TWO),
                        List.of("the connection between n1 and n2 breaks")),
                new Case("cut", on -> on.cut(THREE, TWO, SECOND), List.of("nothing passes between n2 and n3 for 1 s")),
                new Case(
                        "one-way cut",
                        on -> on.cutOneWay(THREE, TWO, SECOND),
                        List.of("nothing passes from n3 to n2 for 1 s")),
                new Case(
                        "partition",
                        on -> on.partition(List.of(List.of(ONE), List.of(TWO, THREE, FOUR)), SECOND),
                        List.of("nothing passes between n1 and n2, n3, n4 for 1 s")),
                new Case(
                        "clog",
                        on -> {
                            on.clog(ONE, SECOND);
                            on.clog(ONE, TWO, SECOND);
                        },
                        List.of(
                                "n1 is clogged: what is sent to it and from it waits for 1 s",
                                "what is sent between n1 and n2 waits for 1 s")),
                new Case(
                        "delay spike",
                        on -> on.delaySpike(ONE, TWO, 2, Duration.ZERO, SECOND),
                        List.of("what is sent between n1 and n2 takes longer for 1 s")));
    }

    private static Stream<Case> messages() {
        return Stream.of(
                new Case(
                        "loss",
                        on -> {
                            on.loss(ONE, TWO, 1, SECOND);
                            write(on, ONE, TWO);
                        },
                        List.of(
                                "messages between n1 and n2 may be lost for 1 s",
                                "lost: Line[number=5, hush=false] from n1 to n2")),
                new Case(
                        "duplicating",
                        on -> {
                            on.duplicating(TWO, THREE, 1, SECOND);
                            write(on, TWO, THREE);
                        },
                        List.of(
                                "messages between n2 and n3 may come twice for 1 s",
                                "delivered twice: Line[number=5, hush=false] from n2 to n3")),
                new Case(
                        "hold",
                        on -> {
                            Hold hold = on.hold(ONE, TWO);
                            write(on, ONE, TWO);
                            write(on, ONE, TWO);
                            hold.releaseNext();
                            hold.release();
                            on.hold(TWO, THREE).drop();
                        },
                        List.of(
                                "what is sent from n1 to n2 is held",
                                "of what is held from n1 to n2 one message leaves",
                                "what is held from n1 to n2 leaves",
                                "what is sent from n2 to n3 is held",
                                "what is held from n2 to n3 is dropped, with the connection")),
                new Case(
                        "others",
                        on -> {
                            on.pause(THREE, SECOND);
                            on.cut(THREE, FOUR, SECOND);
                            on.loss(THREE, FOUR, 1, SECOND);
                            write(on, THREE, FOUR);
                        },
                        List.of()));
    }

    @ParameterizedTest
    @MethodSource({"nodes", "ways", "messages"})
    void whatTheToldNodesMetIsTold(Case played) {
        assertEquals(played.told(), told(played.faults()));
    }

    @Test
    void whatComesLateIsToldWithHowMuch() {
        List<String> told = told(on -> {
            on.unordered(ONE, TWO, 1, SECOND);
            write(on, ONE, TWO);
        });
        assertEquals(2, told.size(), told::toString);
        assertTrue(
                told.get(1).matches("late by 0\\.\\d+ s: Line\\[number=5, hush=false] from n1 to n2"), told::toString);
    }

    @Test
    void faultsStandInTheirPlace() {
        List<String> lines = story(on -> {
            on.pause(TWO, SECOND);
            on.at(SECOND.multipliedBy(10).plusMillis(5), () -> on.clog(ONE, Duration.ofMillis(2)));
        });
        assertEquals(6, lines.size(), lines::toString);
        assertEquals("      1.000000 s  fault: n2 is paused for 1 s", lines.get(0));
        assertTrue(lines.get(1).startsWith("     10.000000 s  event "), lines::toString);
        assertEquals(
                "     10.005000 s  fault: n1 is clogged: what is sent to it and from it waits for 0.002 s",
                lines.get(2));
        assertTrue(lines.get(3).endsWith(": n2 receives Line[number=9, hush=false] from n1"), lines::toString);
    }

    @Test
    void ofManyFaultsTheLatestAreTold() {
        List<String> expected = new ArrayList<>();
        for (int millis = 3; millis <= 10; millis++) {
            expected.add("n1 is paused for 0." + String.format("%03d", millis).replaceAll("0+$", "") + " s");
        }
        assertEquals(FaultNotes.MOST_FAULTS, expected.size());
        assertEquals(expected, told(on -> {
            for (int millis = 1; millis <= 10; millis++) {
                on.pause(ONE, Duration.ofMillis(millis));
            }
        }));
    }

    @Test
    void ofManyMessagesTheLatestAreTold() {
        List<String> told = told(on -> {
            on.loss(ONE, TWO, 1, SECOND);
            for (long number = 1; number <= 20; number++) {
                on.call(ONE, "write", List.of(TWO, number));
            }
        });
        assertEquals(1 + FaultNotes.MOST_MESSAGES, told.size(), told::toString);
        assertEquals("messages between n1 and n2 may be lost for 1 s", told.get(0));
        assertEquals("lost: Line[number=20, hush=false] from n1 to n2", told.get(told.size() - 1));
    }
}
