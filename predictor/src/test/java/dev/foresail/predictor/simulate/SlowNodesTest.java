package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three diarists, 20 ms apart, the first of whom takes his time. */
class SlowNodesTest extends Diarists {
    @Test
    void everyEventTakesItsTimeAndTheOthersWaitInOrder() {
        stage.serviceTime(ONE, millis(100));
        write(TWO, ONE, 1);
        write(THREE, ONE, 2);
        write(TWO, ONE, 3);
        until(119);
        assertEquals(List.of(), at(ONE));
        until(120);
        assertEquals(List.of("n2:1"), at(ONE));
        until(220);
        assertEquals(List.of("n2:1", "n2:3"), at(ONE), "messages of equal time go by their senders");
        until(320);
        assertEquals(List.of("n2:1", "n2:3", "n3:2"), at(ONE));
        assertEquals(2.0, stage.records().get("queue.longest"), 0.0);
        assertEquals(0.2, stage.records().get("queue.seconds"), 0.0);
    }

    @Test
    void whatAnEventSendsLeavesWhenItsTimeIsOver() {
        stage.serviceTime(ONE, millis(100));
        write(ONE, TWO, 1);
        until(119);
        assertEquals(List.of(), at(TWO));
        until(120);
        assertEquals(List.of("n1:1"), at(TWO));
        assertEquals(0.0, stage.records().get("queue.longest"), 0.0, "nothing had to wait");
    }

    @Test
    void aTimerThatIsCancelledWhileItWaitsTakesNoTime() {
        stage.call(ONE, "wind", List.of(millis(40)));
        until(10);
        stage.serviceTime(ONE, millis(100));
        stage.call(TWO, "hush", List.of(ONE));
        until(29);
        stage.call(ONE, "hush", List.of(TWO));
        write(TWO, ONE, 2);
        until(500);
        assertEquals(List.of("n2:0", "n2:2"), at(ONE));
        assertEquals(0.18, stage.records().get("queue.seconds"), 1e-9, "the last one has waited for two others");
    }

    @Test
    void toANodeThatCrashesMeanwhileTheEventHasNotHappened() {
        stage.serviceTime(ONE, millis(100));
        write(TWO, ONE, 1);
        write(ONE, THREE, 7);
        until(90);
        stage.crash(ONE, Duration.ZERO);
        stage.restart(ONE);
        write(THREE, ONE, 2);
        until(5_000);
        assertEquals(List.of("n3:2"), at(ONE), "what waited is gone");
        assertEquals(List.of(), at(THREE));
    }

    @Test
    void theServiceTimeHoldsOverARestart() {
        stage.serviceTime(ONE, millis(100));
        stage.crash(ONE, Duration.ZERO);
        stage.restart(ONE);
        write(TWO, ONE, 1);
        until(119);
        assertEquals(List.of(), at(ONE));
        until(120);
        assertEquals(List.of("n2:1"), at(ONE));
    }

    @Test
    void aNodeIsSlowForAWhileAndThenCatchesUp() {
        stage.slow(ONE, millis(100), millis(150));
        for (long number = 1; number <= 5; number++) {
            write(TWO, ONE, number);
        }
        until(219);
        assertEquals(List.of("n2:1"), at(ONE), "the second one has begun in time to be slow");
        until(220);
        assertEquals(List.of("n2:1", "n2:2", "n2:3", "n2:4", "n2:5"), at(ONE));
        write(TWO, ONE, 6);
        until(240);
        assertEquals("n2:6", at(ONE).get(5));
    }

    @Test
    void aPauseHoldsUpWhatANodeIsBusyWith() {
        stage.serviceTime(ONE, millis(100));
        write(TWO, ONE, 1);
        until(50);
        stage.pause(ONE, millis(1_000));
        write(TWO, ONE, 2);
        until(1_049);
        assertEquals(List.of(), at(ONE));
        until(1_050);
        assertEquals(List.of("n2:1"), at(ONE));
        until(1_150);
        assertEquals(List.of("n2:1", "n2:2"), at(ONE));
    }

    @Test
    void whoeverTakesNoTimeAgainWorksOffWhatWaits() {
        stage.serviceTime(ONE, millis(100));
        write(TWO, ONE, 1);
        write(TWO, ONE, 2);
        write(TWO, ONE, 3);
        until(50);
        stage.serviceTime(ONE, Duration.ZERO);
        until(120);
        assertEquals(List.of("n2:1", "n2:2", "n2:3"), at(ONE));
    }

    @Test
    void whereNothingTakesTimeNothingIsSaidOfQueues() {
        stage.pause(ONE, millis(100));
        write(TWO, ONE, 1);
        until(1_000);
        assertFalse(stage.records().containsKey("queue.longest"));
        assertThrows(IllegalArgumentException.class, () -> stage.serviceTime(ONE, millis(-1)));
        assertThrows(IllegalArgumentException.class, () -> stage.slow(ONE, millis(1), millis(-1)));
    }
}
