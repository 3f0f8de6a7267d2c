package dev.foresail.eval.churn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.churn.Consistency.Told;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConsistencyTest {
    private static final Told NOTHING = new Told(Optional.empty(), 0);

    private static Told told(long root, long millis) {
        return new Told(Optional.of(NodeId.of(root)), millis * 1_000_000);
    }

    @Test
    void thoseThatAgreeWithTheMajorityAreConsistent() {
        Consistency consistency = new Consistency();
        consistency.add(List.of(told(1, 100), told(1, 300), told(2, 900), told(1, 200)));
        assertEquals(4, consistency.lookups());
        assertEquals(75, consistency.consistentPercent());
        assertEquals(100, consistency.agreeingGroupsPercent());
        assertEquals(200, consistency.consistentMillis().mean());
        assertEquals(0, consistency.unansweredPercent());
    }

    @Test
    void halfIsNoMajority() {
        Consistency consistency = new Consistency();
        consistency.add(List.of(told(1, 100), told(1, 300), told(2, 900), told(2, 200)));
        assertEquals(0, consistency.consistentPercent());
        assertEquals(0, consistency.agreeingGroupsPercent());
    }

    @Test
    void whoWasToldNothingCountsAmongThoseWhoWereAsked() {
        Consistency consistency = new Consistency();
        consistency.add(List.of(told(1, 100), told(1, 300), NOTHING, NOTHING));
        assertEquals(0, consistency.consistentPercent());
        assertEquals(50, consistency.unansweredPercent());
        consistency.add(List.of(told(1, 100), told(1, 300), told(1, 200), NOTHING));
        assertEquals(37.5, consistency.consistentPercent());
        assertEquals(50, consistency.agreeingGroupsPercent());
    }

    @Test
    void aGroupOfWhomNobodyIsLeftIsNone() {
        Consistency consistency = new Consistency();
        consistency.add(List.of());
        assertTrue(Double.isNaN(consistency.consistentPercent()));
        consistency.add(List.of(told(1, 5)));
        assertEquals(100, consistency.consistentPercent());
        assertEquals(1, consistency.membersPerGroup());
    }
}
