package dev.foresail.eval.layercost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.experiment.Distribution;
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
            assertNotNull(node.receive());
            assertNotSame(node.receive(), node.receive());
            assertEquals(3, node.sent());
        }
        assertThrows(IllegalArgumentException.class, () -> AnsweringNode.ofLayers(2));
    }

    @Test
    void whatWasNotMeasuredIsNotCheap() {
        assertEquals(2.5, ProcessorTime.perOperation(50, 20));
        for (long nanos : List.of(0L, -1L)) {
            assertTrue(Double.isNaN(ProcessorTime.perOperation(nanos, 20)));
        }
        assertTrue(Double.isNaN(ProcessorTime.perOperation(50, 0)));
        assertTrue(LayerCost.bars(Distribution.of(List.of(100.0, 120.0))).get(0).holds());
        assertFalse(LayerCost.bars(Distribution.of(List.of(100.0, Double.NaN)))
                .get(0)
                .holds());
        assertFalse(LayerCost.bars(Distribution.of(List.of())).get(0).holds());
        MessageCost unknown = new MessageCost(Double.NaN, 99.25, 272);
        assertEquals(unknown, MessageCost.read(unknown.written()));
    }

    @Test
    void aCostIsReadAsItWasWritten() {
        MessageCost cost = new MessageCost(101.5, 99.25, 272);
        assertEquals(cost, MessageCost.read(cost.written() + "\n"));
    }
}
