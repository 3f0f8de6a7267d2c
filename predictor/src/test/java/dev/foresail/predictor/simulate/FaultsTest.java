package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Diary;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a scenario can do to nodes and links, 20 ms apart. */
class FaultsTest extends Diarists {
    private String began(NodeId node) {
        return ((Diary) stage.state(node).orElseThrow()).entries().get(0);
    }

    @Test
    void aBrokenConnectionLosesWhatIsUnderWayAndBothEndsAreTold() {
        acquaint();
        write(ONE, TWO, 3);
        write(TWO, ONE, 4);
        until(110);
        stage.breakConnection(ONE, TWO);
        until(129);
        assertEquals(List.of("n2:2"), at(ONE), "the news is under way");
        until(130);
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO));
        write(ONE, TWO, 5);
        until(2_000);
        assertEquals(List.of("n1:1", "n1 lost", "n1:5"), at(TWO));
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
    }

    @Test
    void whereThereIsNoConnectionNoneBreaks() {
        acquaint();
        stage.breakConnection(ONE, THREE);
        until(2_000);
        assertEquals(List.of("n2:2"), at(ONE));
        assertEquals(List.of(), at(THREE));
    }

    @Test
    void nothingPassesACutAndItsEndsNoticeLater() {
        acquaint();
        write(ONE, TWO, 3);
        until(110);
        stage.cut(ONE, TWO, millis(5_000), millis(300));
        write(TWO, ONE, 4);
        until(409);
        assertEquals(List.of("n1:1"), at(TWO));
        until(410);
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO));
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        write(ONE, TWO, 5);
        until(709);
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        until(5_109);
        assertEquals(List.of("n2:2", "n2 lost", "n2 lost"), at(ONE), "the attempt to connect has failed");
        until(5_110);
        write(ONE, TWO, 6);
        until(10_000);
        assertEquals(List.of("n1:1", "n1 lost", "n1:6"), at(TWO));
        assertEquals(List.of("n2:2", "n2 lost", "n2 lost"), at(ONE));
    }

    @Test
    void aCutThatHealsBeforeItIsNoticedHasBrokenTheConnectionAllTheSame() {
        acquaint();
        stage.cut(ONE, TWO, millis(50));
        until(500);
        write(ONE, TWO, 3);
        until(1_099);
        assertEquals(List.of("n2:2"), at(ONE));
        until(1_100);
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        write(ONE, TWO, 4);
        until(3_000);
        assertEquals(List.of("n1:1", "n1 lost", "n1:4"), at(TWO), "3 went into the dead connection");
    }

    @Test
    void theLastEndOfOverlappingCutsCounts() {
        stage.cut(ONE, TWO, millis(500), millis(10));
        stage.cut(TWO, ONE, millis(100), millis(20));
        until(499);
        write(ONE, TWO, 1);
        until(519);
        assertEquals(List.of("n2 lost"), at(ONE));
        write(ONE, TWO, 2);
        until(1_000);
        assertEquals(List.of("n1:2"), at(TWO));
    }

    @Test
    void theNewsOfACrashDoesNotPassACut() {
        acquaint();
        stage.cut(ONE, TWO, millis(5_000), millis(300));
        stage.crash(ONE, Duration.ZERO);
        until(399);
        assertEquals(List.of("n1:1"), at(TWO));
        until(400);
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO));
    }

    @Test
    void aPartitionCutsGroupsFromEachOtherOnly() {
        stage.partition(List.of(List.of(ONE), List.of(TWO)), millis(1_000));
        for (NodeId from : stage.nodes()) {
            stage.nodes().stream().filter(to -> !to.equals(from)).forEach(to -> write(from, to, from.value()));
        }
        until(2_000);
        assertEquals(List.of("n3:3", "n2 lost"), at(ONE));
        assertEquals(List.of("n3:3", "n1 lost"), at(TWO));
        assertEquals(List.of("n1:1", "n2:2"), at(THREE));
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        List<Consumer<Simulation<Diary>>> senseless = List.of(
                on -> on.cut(ONE, ONE, millis(1)),
                on -> on.cut(ONE, TWO, millis(-1)),
                on -> on.cut(ONE, TWO, millis(1), millis(-1)),
                on -> on.cut(ONE, NodeId.of(9), millis(1)),
                on -> on.breakConnection(TWO, TWO),
                on -> on.pause(ONE, millis(-1)),
                on -> on.partition(List.of(List.of(ONE, TWO), List.of(TWO)), millis(1)));
        String before = stage.digest();
        senseless.forEach(
                fault -> assertThrows(IllegalArgumentException.class, () -> fault.accept(stage), fault::toString));
        assertThrows(IllegalStateException.class, () -> stage.restartAnew(ONE), "it runs");
        assertEquals(before, stage.digest(), "and nothing has happened");
    }

    @Test
    void aPausedNodeHandlesEverythingAfterwardsInOrder() {
        stage.call(ONE, "wind", List.of(millis(60)));
        stage.pause(ONE, millis(1_000));
        write(TWO, ONE, 1);
        until(30);
        write(THREE, ONE, 2);
        write(ONE, TWO, 3);
        until(999);
        assertEquals(List.of(), at(ONE));
        until(1_000);
        assertEquals(List.of("n2:1", "n3:2", "rang"), at(ONE));
        until(2_000);
        assertEquals(List.of("n1:3"), at(TWO), "what the application asked for came late; nobody noticed more");
        assertEquals(List.of(), at(THREE));
    }

    @Test
    void aTimerThatWaitsForAPausedNodeCanStillBeCancelled() {
        stage.call(ONE, "wind", List.of(millis(50)));
        until(10);
        stage.pause(ONE, millis(1_000));
        stage.call(TWO, "hush", List.of(ONE));
        until(2_000);
        assertEquals(List.of("n2:0"), at(ONE));
    }

    @Test
    void theLastEndOfOverlappingPausesCounts() {
        stage.pause(ONE, millis(500));
        stage.pause(ONE, millis(100));
        write(TWO, ONE, 1);
        until(499);
        assertEquals(List.of(), at(ONE));
        until(500);
        assertEquals(List.of("n2:1"), at(ONE));
    }

    @Test
    void whatWaitsForAPausedNodeIsLostWithItsConnection() {
        acquaint();
        stage.pause(ONE, millis(1_000));
        write(TWO, ONE, 3);
        until(200);
        stage.cut(ONE, TWO, millis(100), millis(300));
        until(1_099);
        assertEquals(List.of("n2:2"), at(ONE), "it does not even notice that");
        until(2_000);
        assertEquals(List.of("n2:2", "n2 lost"), at(ONE));
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO));
    }

    @Test
    void aCrashEndsAPause() {
        stage.pause(ONE, millis(1_000));
        write(ONE, TWO, 1);
        until(100);
        stage.crash(ONE, Duration.ZERO);
        stage.restart(ONE);
        write(TWO, ONE, 2);
        until(200);
        assertEquals(List.of("n2:2"), at(ONE));
        stage.pause(ONE, millis(1_400));
        write(TWO, ONE, 3);
        until(1_599);
        assertEquals(List.of("n2:2"), at(ONE), "the end of the first pause does not end the second");
        until(3_000);
        assertEquals(List.of("n2:2", "n2:3"), at(ONE));
        assertEquals(List.of(), at(TWO), "what waited for the first start is gone");
    }

    @Test
    void whoIsRestartedAnewHasForgottenWhatWasDurableToo() {
        write(TWO, ONE, 1);
        until(100);
        stage.crash(ONE, Duration.ZERO);
        stage.restart(ONE);
        assertEquals("restarted with 1", began(ONE));
        stage.crash(ONE, Duration.ZERO);
        stage.restartAnew(ONE);
        assertEquals("started with 0", began(ONE));
        until(200);
        write(TWO, ONE, 2);
        until(300);
        assertEquals(List.of("n2:2"), at(ONE));
    }

    @Test
    void aSilentResetIsNoticedByWhoSpeaksAndNobodyElse() {
        acquaint();
        write(THREE, ONE, 3);
        until(200);
        stage.silentReset(ONE);
        assertEquals("started with 0", began(ONE));
        until(60_000);
        assertEquals(List.of("n1:1"), at(TWO));
        write(TWO, ONE, 4);
        until(60_039);
        assertEquals(List.of("n1:1"), at(TWO));
        until(60_040);
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO), "after a round trip");
        write(TWO, ONE, 5);
        until(120_000);
        assertEquals(List.of("n2:5"), at(ONE));
        assertEquals(List.of(), at(THREE));
    }

    @Test
    void whatIsUnderWayToWhoIsResetTellsItsSender() {
        acquaint();
        write(TWO, ONE, 3);
        until(110);
        stage.silentReset(ONE);
        until(139);
        assertEquals(List.of("n1:1"), at(TWO));
        until(140);
        assertEquals(List.of("n1:1", "n1 lost"), at(TWO));
        assertEquals(List.of(), at(ONE));
    }

    @Test
    void aResetNodeThatSpeaksTellsWhoItSpeaksTo() {
        acquaint();
        stage.silentReset(ONE);
        write(ONE, TWO, 3);
        until(1_000);
        assertEquals(List.of("n1:1", "n1 lost", "n1:3"), at(TWO));
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
        String undisturbed = digestOf(on -> {});
        List<Consumer<Simulation<Diary>>> faults = List.of(
                on -> on.cut(ONE, TWO, millis(10)),
                on -> on.breakConnection(ONE, TWO),
                on -> on.pause(TWO, millis(10)),
                on -> on.silentReset(TWO));
        for (Consumer<Simulation<Diary>> fault : faults) {
            assertNotEquals(undisturbed, digestOf(fault));
            assertEquals(digestOf(fault), digestOf(fault));
        }
        assertNotEquals(digestOf(on -> on.cut(ONE, TWO, millis(10))), digestOf(on -> on.cut(ONE, TWO, millis(11))));
    }
}
