package dev.foresail.eval.layercost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.stack.Stack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four layers and one protocol do the same, so that what differs is the cost of layers. */
final class LayerCostTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private static Frames.Frame frame(long frame, long hop, long session, long line) {
        return new Frames.Frame(
                frame, new CountedHops.Hop(hop, new NumberedSessions.Said(session, new Dialogue.Line(line))));
    }

    @Test
    void bothAnswerWithTheSameNumbers() {
        EmbeddedNode<Undivided> one =
                EmbeddedNode.of(new UndividedMachine(), ONE).start();
        EmbeddedNode<Stack> four = EmbeddedNode.ofLayers(
                        ONE, Dialogue.class, NumberedSessions.class, CountedHops.class, Frames.class)
                .start();
        for (int message = 1; message <= 2; message++) {
            one.deliver(TWO, new Undivided.Letter(7, 3, 8, 9));
            four.deliver(TWO, frame(7, 3, 8, 9));
            assertEquals(
                    List.of(new Sent(TWO, new Undivided.Letter(message, 3L * message, message, 10))), one.takeSent());
            assertEquals(List.of(new Sent(TWO, frame(message, 3L * message, message, 10))), four.takeSent());
        }
    }

    @Test
    void everyMessageThatIsMeasuredIsAnswered() {
        for (int layers : List.of(1, 4)) {
            AnsweringNode<?> node = AnsweringNode.ofLayers(layers);
            assertEquals(1, node.receive());
            assertEquals(2, node.receive());
        }
        assertThrows(IllegalArgumentException.class, () -> AnsweringNode.ofLayers(2));
    }

    @Test
    void aCostIsReadAsItWasWritten() {
        MessageCost cost = new MessageCost(101.5, 99.25, 272);
        assertEquals(cost, MessageCost.read(cost.written() + "\n"));
    }
}
