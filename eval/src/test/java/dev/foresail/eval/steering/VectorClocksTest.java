package dev.foresail.eval.steering;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.steering.VectorClocks.Stamp;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VectorClocksTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final VectorClocks clocks = new VectorClocks(List.of(ONE, TWO, THREE));

    @Test
    void whatANodeDoesIsAfterAllThatItDidBefore() {
        Stamp first = clocks.tick(ONE);
        Stamp second = clocks.tick(ONE);
        assertTrue(second.isAfter(first));
        assertFalse(first.isAfter(second));
        assertTrue(first.isAfter(first));
    }

    @Test
    void whoHasHeardNothingIsNotAfter() {
        Stamp one = clocks.tick(ONE);
        Stamp two = clocks.tick(TWO);
        assertFalse(two.isAfter(one));
        assertFalse(one.isAfter(two));
    }

    @Test
    void whoHasHeardThroughOthersIsAfter() {
        Stamp one = clocks.tick(ONE);
        clocks.send(ONE, TWO).run();
        clocks.tick(TWO);
        clocks.send(TWO, THREE).run();
        assertTrue(clocks.tick(THREE).isAfter(one));
    }

    @Test
    void aMessageTellsOfWhatWasBeforeItWasSentAndOnlyOnceItIsThere() {
        Stamp before = clocks.tick(ONE);
        Runnable delivery = clocks.send(ONE, TWO);
        Stamp since = clocks.tick(ONE);
        assertFalse(clocks.tick(TWO).isAfter(before), "it is under way");
        delivery.run();
        Stamp heard = clocks.tick(TWO);
        assertTrue(heard.isAfter(before));
        assertFalse(heard.isAfter(since));
    }
}
