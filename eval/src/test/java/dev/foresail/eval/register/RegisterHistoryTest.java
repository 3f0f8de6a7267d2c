package dev.foresail.eval.register;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.eval.register.RegisterMessages.Get;
import dev.foresail.eval.register.RegisterMessages.GetOk;
import dev.foresail.eval.register.RegisterMessages.Put;
import dev.foresail.eval.register.RegisterMessages.PutOk;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.node.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RegisterHistoryTest {
    private static final NodeId SERVER = NodeId.of(0);
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final RegisterHistory history = new RegisterHistory();

    private Operations after(Operations before, NodeId node, Event event, Object... sent) {
        List<Step.Send> sends = Arrays.stream(sent)
                .map(message -> new Step.Send(SERVER, message))
                .toList();
        return history.after(before, new Action.Handle(node, event, List.of()), sends);
    }

    private byte[] bytes(Operations operations) {
        StateWriter out = new StateWriter();
        history.write(operations, out);
        return out.toByteArray();
    }

    @Test
    void anOperationBeginsWhenItIsSentAndEndsWhenItsAnswerIsDelivered() {
        Operations begun = after(history.initial(), ONE, new Event.Start(), new Put(1, "A"));
        assertEquals("n1: write A ?", history.describe(begun));

        // What servers do meanwhile is none of the history's business.
        Operations served = after(begun, SERVER, new Event.Delivery(ONE, new Put(1, "A")), new PutOk(1));
        assertEquals(begun, served);

        Operations written = after(served, ONE, new Event.Delivery(SERVER, new PutOk(1)), new Get(2));
        assertEquals("n1: write A, read ?", history.describe(written));

        Operations read = after(written, ONE, new Event.Delivery(SERVER, new GetOk(2, "B")));
        assertEquals("n1: write A, read B", history.describe(read));
        assertEquals("n1: write A, read nothing", history.describe(HistoryText.read("1w(A) 1ok 1r 1=")));
    }

    @Test
    void aFailureChangesNothing() {
        Operations begun = HistoryText.read("1w(A)");
        assertEquals(begun, history.after(begun, new Action.Crash(ONE), List.of()));
    }

    @Test
    void anOperationNotesWhatOthersHadCompletedWhenItBegan() {
        Operations operations = HistoryText.read("1w(A) 1ok 1r 1=A 2w(B) 2ok 2r 3w(C) 1r 3ok 2=C");
        assertEquals(
                Map.of(TWO, 0),
                operations.byClient().get(ONE).get(2).precededBy(),
                "3 has completed nothing yet, and its own operations are not noted");
        assertEquals(Map.of(ONE, 1), operations.byClient().get(TWO).get(0).precededBy());
        assertEquals(Map.of(ONE, 1), operations.byClient().get(TWO).get(1).precededBy());
        assertEquals(
                Map.of(ONE, 1, TWO, 0), operations.byClient().get(THREE).get(0).precededBy());
    }

    @Test
    void differentHistoriesHaveDifferentBytesAndEqualOnesEqualBytes() {
        List<String> different = List.of(
                "1w(A)",
                "1w(B)",
                "2w(A)",
                "1w(A) 1ok",
                "1r",
                "1r 1=",
                "1r 1=A",
                "1w(A) 1ok 2r",
                "1w(A) 2r 1ok",
                "1w(A) 2r",
                "1w(A) 1ok 1r",
                "1w(A) 1ok 2r 2=A",
                "1w(A) 2r 1ok 2=A");
        for (String one : different) {
            assertArrayEquals(bytes(HistoryText.read(one)), bytes(HistoryText.read(one)));
            for (String other : different) {
                assertEquals(
                        one.equals(other),
                        Arrays.equals(bytes(HistoryText.read(one)), bytes(HistoryText.read(other))),
                        one + " and " + other);
            }
        }
        // The same operations in another order, where nobody could tell.
        assertArrayEquals(bytes(HistoryText.read("1w(A) 2w(B)")), bytes(HistoryText.read("2w(B) 1w(A)")));
    }

    @Test
    void aClientDoesOneThingAtATime() {
        Operations begun = HistoryText.read("1w(A)");
        assertThrows(IllegalStateException.class, () -> begun.begun(ONE, Operation.Kind.READ, ""));
        assertThrows(IllegalStateException.class, () -> begun.answered(TWO, ""));
        assertFalse(begun.byClient().containsKey(TWO));
    }
}
