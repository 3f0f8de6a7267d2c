package dev.foresail.eval.chord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RingTest {
    private static boolean isBetween(long start, long node, long end) {
        return Ring.isBetween(NodeId.of(start), NodeId.of(node), NodeId.of(end));
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
                List.of(NodeId.of(3), NodeId.of(0), NodeId.of(1), NodeId.of(2)),
                Stream.of(0, 1, 2, 3)
                        .map(NodeId::of)
                        .sorted(Ring.after(NodeId.of(2)))
                        .toList());
    }
}
