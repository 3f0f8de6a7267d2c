package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.scenario.Hold;
import dev.foresail.predictor.scenario.LinkFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a scenario can do to the ways between nodes, 20 ms apart, besides cutting them in both directions. */
class DisturbancesTest extends Diarists {
    private List<String> held(Hold hold) {
        return hold.messages().stream()
                .map(message -> Long.toString(((Diary.Line) message).number()))
                .toList();
    }

    @Test
    void whatComesBackOverAWayThatIsCutOneWayArrivesUntilBothEndsGiveUp() {
        acquaint();
        write(ONE, TWO, 3);
        write(TWO, ONE, 4);
        until(110);
        stage.cutOneWay(ONE, TWO, millis(5_000), millis(300));
        until(200);
        write(ONE, TWO, 5);
        write(TWO, ONE, 6);
        until(395);
        write(TWO, ONE, 7);
        until(409);
        assertEquals(List.of("n2:2", "n2:4", "n2:6"), at(ONE));
        assertEquals(List.of("n1:1"), at(TWO));
        until(500);
        assertEquals(List.of("n2:2", "n2:4", "n2:6", "n2 lost"), at(ONE), "7 came to a connection that is gone");
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO), "nobody has acknowledged 4 and 6");
    }

    @Test
    void acrossAOneWayCutNobodyConnectsInEitherDirection() {
        stage.cutOneWay(ONE, TWO, millis(5_000), millis(300));
        write(ONE, TWO, 1);
        until(100);
        write(TWO, ONE, 2);
        until(299);
        assertEquals(List.of(), at(ONE));
        until(399);
        assertEquals(List.of("n2 lost"), at(ONE));
        assertEquals(List.of(), at(TWO));
        until(400);
        assertEquals(List.of("n1 lost"), at(TWO), "the way back of its attempt was cut");
        until(5_000);
        write(TWO, ONE, 3);
        write(ONE, TWO, 4);
        until(10_000);
        assertEquals(List.of("n2 lost", "n2:3"), at(ONE));
        assertEquals(List.of("n1 lost", "n1:4"), at(TWO));
    }

    @Test
    void aOneWayCutThatHealsBeforeItIsNoticedHasBrokenTheConnectionAllTheSame() {
        acquaint();
        stage.cutOneWay(ONE, TWO, millis(50));
        until(500);
        write(ONE, TWO, 3);
        write(TWO, ONE, 4);
        until(1_100);
        assertEquals(List.of("n2:2", "n2:4", "n2 lost"), at(ONE));
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO));
        write(ONE, TWO, 5);
        until(2_000);
        assertEquals(List.of("n1:1", "n1 lost", "n1:5"), at(TWO), "3 went into the dead connection");
    }

    @Test
    void theNewsOfACrashPassesAOneWayCutInOneDirection() {
        acquaint();
        stage.cutOneWay(ONE, TWO, millis(5_000), millis(300));
        stage.crash(TWO, Duration.ZERO);
        until(120);
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        stage.restart(TWO);
        until(10_000);
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE), "and once only");
        write(TWO, ONE, 3);
        until(11_000);
        assertEquals(List.of("n2:2", "n2 lost", "n2:3"), at(ONE));
        stage.cutOneWay(ONE, TWO, millis(5_000), millis(300));
        stage.crash(ONE, Duration.ZERO);
        until(11_299);
        assertEquals(List.of(), at(TWO));
        until(11_300);
        assertEquals(List.of("n1 lost"), at(TWO));
    }

    @Test
    void whoIsOnlyAcceptedDuringAOneWayCutHearsOfItsEndToo() {
        write(TWO, ONE, 1);
        until(10);
        stage.cutOneWay(ONE, TWO, millis(5_000), millis(300));
        until(1_000);
        assertEquals(List.of("n2:1", "n2 lost"), at(ONE));
        assertEquals(List.of("n1 lost"), at(TWO));
    }

    @Test
    void anAttemptToConnectFailsInItsOwnTime() {
        write(ONE, TWO, 1);
        until(10);
        stage.cutOneWay(ONE, TWO, millis(5_000), millis(300));
        until(200);
        write(TWO, ONE, 2);
        until(499);
        assertEquals(List.of("n2 lost"), at(ONE));
        assertEquals(List.of(), at(TWO), "it never heard of the connection that broke");
        until(500);
        assertEquals(List.of("n1 lost"), at(TWO));
    }

    @Test
    void cutsOfBothDirectionsAreACut() {
        acquaint();
        stage.cutOneWay(ONE, TWO, millis(1_000), millis(100));
        stage.cutOneWay(TWO, ONE, millis(1_000), millis(200));
        write(ONE, TWO, 3);
        write(TWO, ONE, 4);
        until(1_000);
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO));
    }

    @Test
    void aOneWayPartitionCutsOneGroupsWaysToTheOther() {
        for (NodeId from : stage.nodes()) {
            stage.nodes().stream().filter(to -> !to.equals(from)).forEach(to -> write(from, to, from.value()));
        }
        until(100);
        stage.partitionOneWay(List.of(ONE), List.of(TWO, THREE), millis(1_000));
        for (NodeId from : stage.nodes()) {
            stage.nodes().stream().filter(to -> !to.equals(from)).forEach(to -> write(from, to, 10 + from.value()));
        }
        until(500);
        assertEquals(List.of("n2:2", "n3:3", "n2:12", "n3:13"), at(ONE));
        assertEquals(List.of("n1:1", "n3:3", "n3:13"), at(TWO));
        assertEquals(List.of("n1:1", "n2:2", "n2:12"), at(THREE));
    }

    @Test
    void whatIsCloggedComesAfterwardsInOrderAndNobodyIsTold() {
        write(ONE, TWO, 1);
        until(10);
        stage.clog(ONE, TWO, millis(990));
        for (int number = 2; number <= 9; number++) {
            write(ONE, TWO, number);
            until(10 + 100 * number);
        }
        write(TWO, ONE, 20);
        write(TWO, THREE, 21);
        until(1_019);
        assertEquals(List.of("n1:1"), at(TWO), "it had left already");
        assertEquals(List.of(), at(ONE));
        assertEquals(List.of("n2:21"), at(THREE));
        until(1_020);
        write(ONE, TWO, 10);
        assertEquals(List.of("n2:20"), at(ONE));
        until(2_000);
        assertEquals(List.of("n1:1", "n1:2", "n1:3", "n1:4", "n1:5", "n1:6", "n1:7", "n1:8", "n1:9", "n1:10"), at(TWO));
    }

    @Test
    void aCloggedNodeIsReachedAndHeardLater() {
        stage.clog(ONE, millis(500));
        write(ONE, TWO, 1);
        write(THREE, ONE, 2);
        write(TWO, THREE, 3);
        write(ONE, ONE, 4);
        until(519);
        assertEquals(List.of(), at(TWO));
        assertEquals(List.of("n1:4"), at(ONE), "what it says to itself goes over no network");
        assertEquals(List.of("n2:3"), at(THREE));
        until(520);
        assertEquals(List.of("n1:1"), at(TWO));
        assertEquals(List.of("n1:4", "n3:2"), at(ONE));
    }

    @Test
    void theLastEndOfOverlappingClogsCounts() {
        stage.clog(ONE, TWO, millis(300));
        write(ONE, TWO, 1);
        until(200);
        stage.clog(TWO, millis(400));
        stage.clog(ONE, TWO, millis(10));
        write(ONE, TWO, 2);
        until(619);
        assertEquals(List.of(), at(TWO));
        until(620);
        assertEquals(List.of("n1:1", "n1:2"), at(TWO));
    }

    @Test
    void theNewsOfACrashWaitsBehindWhatTheNodeHadSent() {
        acquaint();
        write(TWO, THREE, 3);
        write(THREE, TWO, 4);
        until(200);
        stage.clog(TWO, millis(1_000));
        write(TWO, ONE, 5);
        write(TWO, THREE, 6);
        until(210);
        stage.crash(TWO, Duration.ZERO);
        until(1_219);
        assertEquals(List.of("n2:2"), at(ONE));
        assertEquals(List.of("n2:3"), at(THREE));
        until(1_221);
        assertEquals(List.of("n2:2", "n2:5", "n2 lost"), at(ONE));
        assertEquals(List.of("n2:3", "n2:6", "n2 lost"), at(THREE));
    }

    @Test
    void whatWaitsInAClogIsLostWithItsConnection() {
        acquaint();
        stage.clog(ONE, TWO, millis(1_000));
        write(ONE, TWO, 3);
        stage.cut(ONE, TWO, millis(10), millis(100));
        until(300);
        write(ONE, TWO, 4);
        until(2_000);
        assertEquals(List.of("n1:1", "n1 lost", "n1:4"), at(TWO));
    }

    @Test
    void inADelaySpikeMessagesTakeLongerAndTheOrderIsKept() {
        stage.delaySpike(ONE, TWO, 3, millis(100), millis(200));
        write(ONE, TWO, 1);
        until(159);
        assertEquals(List.of(), at(TWO));
        until(160);
        assertEquals(List.of("n1:1"), at(TWO));
        until(199);
        write(ONE, TWO, 2);
        until(200);
        write(ONE, TWO, 3);
        write(TWO, ONE, 4);
        until(220);
        assertEquals(List.of("n2:4"), at(ONE), "the spike is over");
        until(358);
        assertEquals(List.of("n1:1"), at(TWO), "3 does not overtake 2");
        until(359);
        assertEquals(List.of("n1:1", "n1:2", "n1:3"), at(TWO));
    }

    @Test
    void whatIsHeldIsLookedAtAndLetGoOneByOne() {
        acquaint();
        Hold hold = stage.hold(ONE, TWO);
        assertFalse(hold.releaseNext());
        write(ONE, TWO, 3);
        write(ONE, TWO, 4);
        write(ONE, TWO, 5);
        write(TWO, ONE, 6);
        until(60_000);
        assertEquals(List.of("3", "4", "5"), held(hold));
        assertEquals(List.of("n1:1"), at(TWO));
        assertEquals(List.of("n2:2", "n2:6"), at(ONE), "the other direction is as it was");
        assertTrue(hold.releaseNext());
        until(60_100);
        assertEquals(List.of("n1:1", "n1:3"), at(TWO));
        assertEquals(List.of("4", "5"), held(hold));
        hold.release();
        write(ONE, TWO, 7);
        assertEquals(List.of(), held(hold));
        hold.drop();
        until(61_000);
        assertEquals(List.of("n1:1", "n1:3", "n1:4", "n1:5", "n1:7"), at(TWO), "a hold that is over drops nothing");
    }

    @Test
    void whatIsHeldIsDroppedWithItsConnection() {
        acquaint();
        Hold hold = stage.hold(ONE, TWO);
        write(ONE, TWO, 3);
        until(200);
        hold.drop();
        until(220);
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO));
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        write(ONE, TWO, 4);
        until(300);
        assertEquals(List.of("n1:1", "n1 lost", "n1:4"), at(TWO));
    }

    @Test
    void whatCannotArriveAnyMoreIsNotShownAsHeld() {
        acquaint();
        Hold hold = stage.hold(ONE, TWO);
        write(ONE, TWO, 3);
        stage.breakConnection(ONE, TWO);
        until(200);
        write(ONE, TWO, 4);
        assertEquals(List.of("4"), held(hold));
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        assertEquals(List.of("n1:1"), at(TWO), "the news is held too");
        assertTrue(hold.releaseNext());
        until(300);
        assertEquals(List.of("n1:1", "n1 lost", "n1:4"), at(TWO));
    }

    @Test
    void aWayIsHeldOnceAtATime() {
        Hold first = stage.hold(ONE, TWO);
        stage.hold(TWO, ONE);
        IllegalStateException twice = assertThrows(IllegalStateException.class, () -> stage.hold(ONE, TWO));
        assertEquals("[FS427] what n1 sends to n2 is held already", twice.getMessage());
        first.release();
        Hold second = stage.hold(ONE, TWO);
        write(ONE, TWO, 1);
        first.release();
        assertEquals(List.of("1"), held(second));
    }

    private List<Long> heardByTwo(Consumer<Simulation<Diary>> fault) {
        acquaint();
        fault.accept(stage);
        for (int number = 10; number < 60; number++) {
            write(ONE, TWO, number);
            until(100 + 2L * number);
        }
        until(2_000);
        assertEquals(List.of("n2:2"), at(ONE), "no connection breaks");
        return at(TWO).stream()
                .skip(1)
                .map(entry -> Long.parseLong(entry.substring(3)))
                .toList();
    }

    @Test
    void lossTakesMessagesAndLeavesTheConnection() {
        List<Long> heard = heardByTwo(on -> on.loss(ONE, TWO, 0.5, millis(80)));
        assertEquals(List.copyOf(new TreeSet<>(heard)), heard);
        long before = heard.stream().filter(number -> number <= 40).count();
        assertTrue(before > 5 && before < 26, () -> before + " of 31");
        assertEquals(19, heard.size() - before, "it was over then");
    }

    @Test
    void duplicatingDeliversMessagesTwice() {
        List<Long> heard = heardByTwo(on -> on.duplicating(ONE, TWO, 1, millis(80)));
        assertEquals(50 + 31, heard.size());
        assertEquals(50, new TreeSet<>(heard).size());
        assertNotEquals(heard.stream().sorted().toList(), heard, "a copy may come behind later messages");
        assertEquals(
                List.copyOf(new TreeSet<>(heard)), heard.stream().distinct().toList(), "the first ones are in order");
    }

    @Test
    void whatIsUnorderedOvertakesAndArrivesOnce() {
        List<Long> heard = heardByTwo(on -> on.unordered(ONE, TWO, 0.3, millis(10_000)));
        assertEquals(50, heard.size());
        assertEquals(50, new TreeSet<>(heard).size());
        assertNotEquals(heard.stream().sorted().toList(), heard);
    }

    @Test
    void nothingIsLostAtARateOfNothingAndAllAtARateOfOne() {
        assertEquals(50, heardByTwo(on -> on.loss(ONE, TWO, 0, millis(10_000))).size());
        stage.loss(ONE, TWO, 1, millis(10_000));
        write(ONE, TWO, 99);
        until(5_000);
        assertFalse(at(TWO).contains("n1:99"));
    }

    @Test
    void theFirstMessageOverANewConnectionPaysForItWhereThatIsAskedFor() {
        stage.setUpConnections();
        write(ONE, TWO, 1);
        write(ONE, TWO, 2);
        until(59);
        assertEquals(List.of(), at(TWO));
        until(60);
        assertEquals(List.of("n1:1", "n1:2"), at(TWO), "a round trip and a way");
        write(ONE, TWO, 3);
        write(TWO, ONE, 4);
        until(80);
        assertEquals(List.of("n1:1", "n1:2", "n1:3"), at(TWO));
        assertEquals(List.of("n2:4"), at(ONE), "the connection is there for both");
        stage.breakConnection(ONE, TWO);
        until(200);
        write(TWO, ONE, 5);
        until(259);
        assertEquals(List.of("n2:4", "n2 lost"), at(ONE));
        until(260);
        assertEquals(List.of("n2:4", "n2 lost", "n2:5"), at(ONE));
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        NodeId nobody = NodeId.of(9);
        List<Consumer<Simulation<Diary>>> senseless = List.of(
                on -> on.cutOneWay(ONE, ONE, millis(1)),
                on -> on.cutOneWay(ONE, TWO, millis(-1)),
                on -> on.cutOneWay(ONE, TWO, millis(1), millis(-1)),
                on -> on.partitionOneWay(List.of(ONE, TWO), List.of(TWO), millis(1)),
                on -> on.clog(ONE, millis(-1)),
                on -> on.clog(ONE, Duration.ofSeconds(Long.MAX_VALUE)),
                on -> on.clog(TWO, TWO, millis(1)),
                on -> on.swizzleClog(List.of(), millis(1), on.random()),
                on -> on.swizzleClog(List.of(ONE), millis(-1), on.random()),
                on -> on.delaySpike(ONE, TWO, 0.5, millis(1), millis(1)),
                on -> on.delaySpike(ONE, TWO, Double.NaN, millis(1), millis(1)),
                on -> on.delaySpike(ONE, TWO, 2, millis(-1), millis(1)),
                on -> on.loss(ONE, TWO, -0.1, millis(1)),
                on -> on.loss(ONE, TWO, 1.1, millis(1)),
                on -> on.duplicating(ONE, TWO, Double.NaN, millis(1)),
                on -> on.unordered(ONE, TWO, 2, millis(1)),
                on -> on.hold(ONE, ONE));
        String before = stage.digest();
        for (Consumer<Simulation<Diary>> fault : senseless) {
            String refused = assertThrows(IllegalArgumentException.class, () -> fault.accept(stage))
                    .getMessage();
            assertTrue(refused.startsWith("[FS426] "), refused);
        }
        List<Consumer<Simulation<Diary>>> withNobody = List.of(
                on -> on.cutOneWay(ONE, nobody, millis(1)),
                on -> on.clog(nobody, millis(1)),
                on -> on.loss(nobody, ONE, 0.1, millis(1)),
                on -> on.hold(nobody, ONE));
        withNobody.forEach(fault -> assertThrows(IllegalArgumentException.class, () -> fault.accept(stage)));
        assertEquals(before, stage.digest(), "and nothing has happened");
    }

    private static String digestOf(Consumer<Simulation<Diary>> fault) {
        Simulation<Diary> simulation = started();
        fault.accept(simulation);
        simulation.call(ONE, "write", List.of(THREE, 1L));
        simulation.runUntil(millis(5_000));
        return simulation.digest();
    }

    @Test
    void faultsAreOfTheTraceAndTheSameFaultsGiveTheSame() {
        List<Consumer<Simulation<Diary>>> faults = List.of(
                on -> {},
                on -> on.cutOneWay(ONE, TWO, millis(10)),
                on -> on.cutOneWay(TWO, ONE, millis(10)),
                on -> on.cutOneWay(ONE, TWO, millis(11)),
                on -> on.clog(ONE, millis(10)),
                on -> on.clog(ONE, TWO, millis(10)),
                on -> on.delaySpike(ONE, TWO, 2, millis(1), millis(10)),
                on -> on.delaySpike(ONE, TWO, 2, millis(2), millis(10)),
                on -> on.loss(ONE, TWO, 0.1, millis(10)),
                on -> on.loss(ONE, TWO, 0.2, millis(10)),
                on -> on.duplicating(ONE, TWO, 0.1, millis(10)),
                on -> on.unordered(ONE, TWO, 0.1, millis(10)),
                on -> on.disturb(ONE, TWO, new LinkFault.Unordered(0.1), millis(10)),
                on -> on.hold(ONE, TWO),
                on -> on.hold(ONE, TWO).release(),
                on -> on.hold(ONE, TWO).drop());
        List<String> digests = new ArrayList<>();
        for (Consumer<Simulation<Diary>> fault : faults) {
            digests.add(digestOf(fault));
            assertEquals(digests.get(digests.size() - 1), digestOf(fault));
        }
        assertEquals(faults.size(), new TreeSet<>(digests).size(), digests::toString);
    }

    /** What overtakes another message hides neither its own cause nor the other's. */
    @Test
    void whatWasOvertakenHasItsCause() {
        Simulation<Diary> first = notStarted(3);
        overtake(first);
        first.runUntil(millis(1_000));
        List<String> entries = ((Diary) first.state(TWO).orElseThrow()).entries();
        assertEquals(List.of("n1:2", "n1:1"), entries.subList(1, 3));
        Simulation<Diary> again = notStarted(3);
        Retelling<Diary> retelling = new Retelling<>(again, TWO, first.events());
        overtake(again);
        assertEquals(
                List.of(ONE, TWO),
                retelling.tell(() -> false).orElseThrow().chain().stream()
                        .map(Retelling.Step::node)
                        .toList());
    }

    private static void overtake(Simulation<Diary> on) {
        on.at(Duration.ZERO, () -> {
            on.nodes().forEach(on::start);
            on.unordered(ONE, TWO, 1, millis(1));
            on.call(ONE, "write", List.of(TWO, 1L));
        });
        on.at(millis(1), () -> on.call(ONE, "write", List.of(TWO, 2L)));
    }
}
