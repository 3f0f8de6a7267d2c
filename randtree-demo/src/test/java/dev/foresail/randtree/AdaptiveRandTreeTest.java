package dev.foresail.randtree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.Histogram;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Machine;
import dev.foresail.randtree.AdaptiveRandTree.Report;
import dev.foresail.randtree.RandTreeMessages.Join;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hand-made model of the subtrees. */
final class AdaptiveRandTreeTest extends RandTreeContract<AdaptiveRandTree> {
    private static final NodeId PARENT = NodeId.of(2);
    private static final NodeId A = NodeId.of(4);
    private static final NodeId B = NodeId.of(5);

    @Override
    Machine<AdaptiveRandTree> machine() {
        return new AdaptiveRandTreeMachine();
    }

    private static NodeId handedTo(EmbeddedNode<AdaptiveRandTree> node, long joiner) {
        node.deliver(NodeId.of(joiner), Join.of(NodeId.of(joiner), 1, 2));
        return sentBy(node).get(0).to();
    }

    @Test
    void whatWasHandedOverCountsUntilAReportCoversIt() {
        EmbeddedNode<AdaptiveRandTree> root = root(A, B);
        assertEquals(A, handedTo(root, 10));
        assertEquals(A, handedTo(root, 11), "still room on the same level, and the first of equals");
        assertEquals(B, handedTo(root, 12));
        assertEquals(B, handedTo(root, 13));
        root.deliver(A, new Report(new Histogram(List.of(1, 1)), 1));
        assertEquals(new Histogram(List.of(1, 2, 4)), root.state().levels(), "the second is still uncovered");
        root.deliver(B, new Report(Histogram.one(), 2));
        assertEquals(B, handedTo(root, 14), "both Joins covered, and nothing came of them");
    }

    @Test
    void theParentIsToldOfEveryChange() {
        EmbeddedNode<AdaptiveRandTree> child = child(PARENT);
        child.deliver(PARENT, Join.of(B, 3, 2).downFrom(NodeId.of(1)));
        assertEquals(
                new Sent(PARENT, new Report(new Histogram(List.of(1, 1, 2)), 1)),
                child.takeSent().get(0));
        child.deliver(B, new Report(new Histogram(List.of(1, 1, 1)), 0));
        assertEquals(List.of(new Sent(PARENT, new Report(new Histogram(List.of(1, 1, 1, 1)), 1))), child.takeSent());
        child.deliver(B, new Report(new Histogram(List.of(1, 1, 1)), 0));
        assertEquals(List.of(), child.takeSent(), "nothing new");
    }
}
