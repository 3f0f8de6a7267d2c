package dev.foresail.eval.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LinearisabilityTest {
    private static boolean holds(String steps) {
        return Linearisability.holds(HistoryText.read(steps));
    }

    @Test
    void nothingHasHappened() {
        assertTrue(Linearisability.holds(Operations.NONE));
    }

    @Test
    void aReadGivesWhatWasWrittenBefore() {
        assertTrue(holds("1w(A) 1ok 2r 2=A"));
        assertTrue(holds("1w(A) 1ok 1w(B) 1ok 2r 2=B"));
    }

    @Test
    void aReadDoesNotMissAWriteThatWasCompletedBeforeItBegan() {
        assertFalse(holds("1w(A) 1ok 2r 2="));
        assertFalse(holds("1w(A) 1ok 1w(B) 1ok 2r 2=A"));
    }

    @Test
    void aReadDoesNotGiveWhatNobodyHasWritten() {
        assertFalse(holds("2r 2=A"));
        assertFalse(holds("2r 2=A 1w(A)"));
    }

    @Test
    void aWriteUnderWayMayHaveTakenEffectOrNot() {
        assertTrue(holds("1w(A) 2r 2=A"));
        assertTrue(holds("1w(A) 2r 2="));
        assertTrue(holds("1w(A) 2r 2= 3r 3=A"));
    }

    @Test
    void aWriteThatWasSeenStaysSeen() {
        assertFalse(holds("1w(A) 2r 2=A 3r 3="));
        assertFalse(holds("1w(A) 1ok 2w(B) 3r 3=B 3r 3=A"));
    }

    @Test
    void writesAtTheSameTimeComeInEitherOrderButOnlyInOne() {
        assertTrue(holds("1w(A) 2w(B) 1ok 2ok 3r 3=A 4r 4=A"));
        assertTrue(holds("1w(A) 2w(B) 1ok 2ok 3r 3=B 4r 4=B"));
        assertFalse(holds("1w(A) 2w(B) 1ok 2ok 3r 3=A 4r 4=B"));
        // While the writes are under way, reads may see both, but one after the other.
        assertTrue(holds("1w(A) 2w(B) 3r 3=A 4r 4=B 1ok 2ok"));
        assertFalse(holds("1w(A) 2w(B) 3r 3=A 4r 4=B 3r 3=A 1ok 2ok"));
    }

    @Test
    void whatWasCompletedBeforeNeedNotBeTheLastOfItsClient() {
        // 2 begins after the first write of 1 and before its second: it may see either, but not nothing.
        assertTrue(holds("1w(A) 1ok 2r 1w(B) 1ok 2=A"));
        assertTrue(holds("1w(A) 1ok 2r 1w(B) 1ok 2=B"));
        assertFalse(holds("1w(A) 1ok 2r 1w(B) 1ok 2="));
    }

    /** The judge below tries every order without remembering anything: too slow to explore with, but plain. */
    @Test
    void thePlainestSearchSaysTheSameOfThousandsOfHistories() {
        Random random = new Random(17);
        int linearisable = 0;
        for (int run = 0; run < 4_000; run++) {
            Operations history = drawn(random);
            boolean expected = isExplained(history, new ArrayList<>(), "");
            assertEquals(expected, Linearisability.holds(history), history::toString);
            linearisable += expected ? 1 : 0;
        }
        assertTrue(linearisable > 500 && linearisable < 3_500, "one-sided histories test little: " + linearisable);
    }

    private static Operations drawn(Random random) {
        Operations history = Operations.NONE;
        for (int step = 0; step < 10; step++) {
            NodeId client = NodeId.of(random.nextInt(3));
            List<Operation> own = history.byClient().getOrDefault(client, List.of());
            String letter = List.of("", "A", "B").get(random.nextInt(3));
            if (!own.isEmpty() && !own.get(own.size() - 1).isCompleted()) {
                history = history.answered(client, letter);
            } else if (letter.isEmpty()) {
                history = history.begun(client, Operation.Kind.READ, letter);
            } else {
                history = history.begun(client, Operation.Kind.WRITE, letter);
            }
        }
        return history;
    }

    /** An operation, and which of its client's it is. */
    private record Placed(NodeId client, int index, Operation operation) {}

    /** Whether {@code order} or an order that begins with it explains the history. */
    private static boolean isExplained(Operations history, List<Placed> order, String value) {
        boolean isComplete = true;
        for (NodeId client : history.byClient().keySet()) {
            List<Operation> own = history.byClient().get(client);
            for (int index = 0; index < own.size(); index++) {
                Placed next = new Placed(client, index, own.get(index));
                if (order.contains(next)) {
                    continue;
                }
                isComplete &= !next.operation().isCompleted();
                if (mayFollow(order, next) && gives(next.operation(), value)) {
                    List<Placed> longer = new ArrayList<>(order);
                    longer.add(next);
                    boolean isWrite = next.operation().kind() == Operation.Kind.WRITE;
                    if (isExplained(history, longer, isWrite ? next.operation().value() : value)) {
                        return true;
                    }
                }
            }
        }
        return isComplete;
    }

    private static boolean gives(Operation operation, String value) {
        return operation.kind() == Operation.Kind.WRITE
                || !operation.isCompleted()
                || operation.value().equals(value);
    }

    private static boolean mayFollow(List<Placed> order, Placed next) {
        long ownBefore = order.stream()
                .filter(placed -> placed.client().equals(next.client()))
                .count();
        return ownBefore == next.index()
                && next.operation().precededBy().entrySet().stream()
                        .allMatch(entry -> order.stream()
                                .anyMatch(placed ->
                                        placed.client().equals(entry.getKey()) && placed.index() == entry.getValue()));
    }
}
