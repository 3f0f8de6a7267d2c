package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.RecordingHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wants to know what a node was like is asked before it is different, and not between an event and its decision. */
final class BeforeChangeTest {
    private static final NodeId CLERK = NodeId.of(2);
    private static final NodeId LEFT = NodeId.of(4);
    private static final NodeId RIGHT = NodeId.of(5);

    private final List<String> seen = new ArrayList<>();
    private final NodeRuntime<Desk> node = new NodeRuntime<>(
            new DeskMachine(),
            NodeId.of(1),
            Desk.withTrays(LEFT, RIGHT),
            new NodeRuntime.NodeParts<>(
                    new RecordingHost(), NodeSettings.DEFAULT, new Watching(), Steering.none(), new NodeObserver() {}),
            bound -> 0);

    private final class Watching implements Resolver<Desk> {
        @Override
        public Resolution resolve(ChoiceContext<Desk> context) {
            seen.add("decides");
            return Resolution.Decided.byPolicy(0);
        }

        @Override
        public int resolveNow(String choice, List<?> candidates) {
            return 0;
        }

        @Override
        public void beforeChange(RestingNode<Desk> resting) {
            seen.add(resting.state().filed() + " with " + resting.channels().keySet());
        }

        @Override
        public boolean looksAhead() {
            return true;
        }
    }

    private List<String> seenSince() {
        List<String> all = List.copyOf(seen);
        seen.clear();
        return all;
    }

    @Test
    void aChoiceIsMadeFirstAndItsHandlerRunsAfterwards() {
        node.receive(CLERK, new Envelope.Payload(1, 4, 0, new Desk.Letter(7)));
        assertEquals(List.of("[] with []", "decides", "[] with [n2]"), seenSince(), "it opens the connection, too");
        node.receive(CLERK, new Envelope.Payload(2, 0, new Desk.Letter(8)));
        assertEquals(List.of("decides", "[7] with [n2, n4]"), seenSince());
    }

    @Test
    void aBrokenConnectionIsStillThere() {
        node.receive(CLERK, new Envelope.Payload(1, 4, 0, new Desk.Letter(7)));
        seen.clear();
        node.connectionError(CLERK);
        assertEquals("[7] with [n2, n4]", seenSince().get(0));
    }

    @Test
    void whatTheRuntimesTellEachOtherHasNotComeYet() {
        node.receive(CLERK, new Envelope.AggregateExport(0, List.of(1)));
        assertEquals(List.of("[] with []"), seenSince());
    }
}
