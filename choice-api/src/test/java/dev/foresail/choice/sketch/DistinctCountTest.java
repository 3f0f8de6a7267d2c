package dev.foresail.choice.sketch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.StateWriter;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistinctCountTest {
    private static DistinctCount from(int first, int count) {
        DistinctCount some = DistinctCount.EMPTY;
        for (int element = first; element < first + count; element++) {
            some = some.with(element);
        }
        return some;
    }

    @Test
    void countsWithinThreeStandardErrors() {
        assertEquals(0, DistinctCount.EMPTY.estimate());
        assertEquals(1, from(5, 1).estimate(), 0.01);
        for (int count = 10; count <= 100_000; count *= 10) {
            assertEquals(count, from(0, count).estimate(), 3 * 0.046 * count);
        }
    }

    @Test
    void whoIsInBothCountsOnce() {
        DistinctCount one = from(0, 600);
        DistinctCount two = from(400, 600);
        assertEquals(from(0, 1_000), one.or(two));
        assertEquals(one.or(two), two.or(one));
        assertEquals(one, one.or(one));
        assertEquals(DistinctCount.EMPTY.with(7), DistinctCount.EMPTY.with(NodeId.of(7)));
    }

    @Test
    void itsBytesAreTheSameOnEveryMachine() {
        StateWriter out = new StateWriter();
        from(0, 1_000).registers().forEach(out::writeLong);
        assertEquals(-6827456980692181049L, out.fingerprint());
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DistinctCount(List.of(0L)));
        assertThrows(
                IllegalArgumentException.class, () -> new DistinctCount(Collections.nCopies(DistinctCount.WORDS, 57L)));
    }
}
