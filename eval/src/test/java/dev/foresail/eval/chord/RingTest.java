package dev.foresail.eval.chord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RingTest {
    private static boolean isBetween(long start, long node, long end) {
        return Ring.isBetween(start, node, end);
    }

    @Test
    void theEndsAreNotBetween() {
        assertTrue(isBetween(1, 2, 3));
        assertFalse(isBetween(1, 1, 3));
        assertFalse(isBetween(1, 3, 3));
    }

    @Test
    void theWayLeadsPastTheGreatestId() {
        assertTrue(isBetween(3, 0, 1));
        assertTrue(isBetween(3, 4, 1));
        assertFalse(isBetween(3, 2, 1));
    }

    @Test
    void fromANodeToItselfItIsOnceAround() {
        assertTrue(isBetween(2, 1, 2));
        assertFalse(isBetween(2, 2, 2));
    }

    @Test
    void theNextNodeComesFirstAndTheStartLast() {
        assertEquals(
                List.of(3L, 0L, 1L, 2L),
                Stream.of(0L, 1L, 2L, 3L).sorted(Ring.after(2)).toList());
    }
}
