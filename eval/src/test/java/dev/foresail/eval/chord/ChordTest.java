package dev.foresail.eval.chord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.eval.chord.Chord.FindPred;
import dev.foresail.eval.chord.Chord.FindPredReply;
import dev.foresail.eval.chord.Chord.GetPred;
import dev.foresail.eval.chord.Chord.GetPredReply;
import dev.foresail.eval.chord.Chord.UpdatePred;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChordTest {
    private static final NodeId ZERO = NodeId.of(0);
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private static EmbeddedNode<Chord> node(NodeId self, String bug) {
        return EmbeddedNode.of(new ChordMachine(), self, Map.of("bug", bug, "hashed", "false"))
                .start();
    }

    private static EmbeddedNode<Chord> node(NodeId self) {
        return node(self, "none");
    }

    private static EmbeddedNode<Chord> joined(NodeId self, NodeId predecessor, NodeId... successors) {
        return node(self).with(chord -> {
            chord.joined = true;
            chord.predecessor = Optional.of(predecessor);
            chord.successors.addAll(List.of(successors));
        });
    }

    @Test
    void whoBeginsTheRingIsItsOwnPredecessor() {
        EmbeddedNode<Chord> first = node(ZERO).call("join", ZERO);
        assertTrue(first.state().joined);
        assertEquals(Optional.of(ZERO), first.state().predecessor);
        assertEquals(List.of(), first.sent());
    }

    @Test
    void aPlaceIsLookedForAlongTheRing() {
        assertEquals(
                List.of(new Sent(THREE, new FindPred(TWO))),
                node(TWO).call("join", THREE).sent());
        // 2 is not between 3 and 0, but between 0 and 3.
        assertEquals(
                List.of(new Sent(ZERO, new FindPred(TWO))),
                joined(THREE, ZERO, ZERO).deliver(TWO, new FindPred(TWO)).sent());
        assertEquals(
                List.of(new Sent(TWO, new FindPredReply(List.of(THREE)))),
                joined(ZERO, THREE, THREE).deliver(THREE, new FindPred(TWO)).sent());
    }

    @Test
    void whoHasFoundItsPlaceTellsItsSuccessor() {
        EmbeddedNode<Chord> joiner = node(TWO).call("join", ZERO);
        joiner.takeSent();
        joiner.deliver(ZERO, new FindPredReply(List.of(THREE)));
        assertEquals(Optional.of(ZERO), joiner.state().predecessor);
        assertEquals(List.of(THREE, ZERO), joiner.state().successors);
        assertEquals(List.of(new Sent(THREE, new UpdatePred())), joiner.sent());
    }

    @Test
    void withTheBugItTellsItselfWhenTheReplyNamesIt() {
        FindPredReply stale = new FindPredReply(List.of(TWO, THREE));
        for (String bug : List.of("none", "CH-1")) {
            EmbeddedNode<Chord> joiner = node(TWO, bug).call("join", ZERO);
            joiner.takeSent();
            joiner.deliver(ZERO, stale);
            assertEquals(List.of(new Sent(bug.equals("none") ? THREE : TWO, new UpdatePred())), joiner.sent(), bug);
        }
    }

    @Test
    void aNearerPredecessorReplacesTheOneKnown() {
        EmbeddedNode<Chord> node = joined(THREE, ZERO, ZERO);
        assertEquals(Optional.of(ONE), node.deliver(ONE, new UpdatePred()).state().predecessor);
        assertEquals(Optional.of(ONE), node.deliver(ZERO, new UpdatePred()).state().predecessor);
        assertEquals(Optional.of(TWO), node.deliver(TWO, new UpdatePred()).state().predecessor);
    }

    @Test
    void whatTheSuccessorKnowsIsLearntAndANodeBetweenIsTheSuccessorFromNowOn() {
        EmbeddedNode<Chord> node = joined(ZERO, THREE, THREE);
        node.with(chord -> chord.asked = Optional.of(THREE));
        node.deliver(THREE, new GetPredReply(Optional.of(TWO), List.of(ZERO)));
        assertEquals(List.of(TWO, THREE), node.state().successors);
        assertEquals(List.of(new Sent(TWO, new UpdatePred())), node.sent());
        assertEquals(Optional.empty(), node.state().asked);
    }

    @Test
    void anAnswerThatNobodyAwaitsIsDropped() {
        EmbeddedNode<Chord> node = joined(ZERO, THREE, THREE);
        node.deliver(THREE, new GetPredReply(Optional.of(TWO), List.of()));
        assertEquals(List.of(THREE), node.state().successors);
    }

    /** Where lists are as long as the ring, the dead came back once around, from a list that had them of this node. */
    @Test
    void whatTheSuccessorTellsOfNodesPastThisOneIsNotLearnt() {
        EmbeddedNode<Chord> node = EmbeddedNode.of(
                        new ChordMachine(), ONE, Map.of("hashed", "false", "successorCount", "8"))
                .start()
                .call("join", ONE)
                .with(chord -> chord.successors.addAll(List.of(TWO, THREE, ZERO)));
        node.connectionError(TWO).fire("stabilise");
        node.deliver(THREE, new GetPredReply(Optional.of(ONE), List.of(ZERO, ONE, TWO)));
        assertEquals(List.of(THREE, ZERO), node.state().successors);
    }

    /** Two nodes that had lost nothing but their connection stayed alone for ever. */
    @Test
    void whoHasLostANodeAsksItForItsPlaceNowAndThen() {
        EmbeddedNode<Chord> node = node(THREE).call("join", THREE).deliver(ZERO, new UpdatePred());
        node.connectionError(ZERO).fire("maintain");
        assertEquals(List.of(new Sent(ZERO, new FindPred(THREE))), node.takeSent());
        node.deliver(ZERO, new FindPredReply(List.of(ZERO)));
        assertEquals(Optional.of(ZERO), node.state().predecessor);
        assertEquals(List.of(ZERO), node.state().successors);
        assertEquals(List.of(new Sent(ZERO, new UpdatePred())), node.takeSent());
    }

    @Test
    void contactsAreAskedInTurnAndNotTooMany() {
        EmbeddedNode<Chord> node = node(ZERO).call("join", ZERO);
        for (long number = 1; number <= 10; number++) {
            node.connectionError(NodeId.of(number));
        }
        for (long asked : new long[] {10, 9, 8, 7, 6, 5, 4, 3, 10}) {
            node.fire("maintain");
            assertEquals(List.of(new Sent(NodeId.of(asked), new FindPred(ZERO))), node.takeSent());
        }
    }

    @Test
    void questionsAreAnsweredWithWhatIsKnown() {
        assertEquals(
                List.of(new Sent(TWO, new GetPredReply(Optional.of(TWO), List.of(ZERO)))),
                joined(THREE, TWO, ZERO).deliver(TWO, new GetPred()).sent());
    }

    @Test
    void whoHasLostEverybodyIsAloneBothWays() {
        EmbeddedNode<Chord> node = joined(THREE, TWO, ZERO).connectionError(TWO);
        assertEquals(Optional.empty(), node.state().predecessor);
        node.connectionError(ZERO);
        assertEquals(Optional.of(THREE), node.state().predecessor);
        assertTrue(Chord.isAloneBothWays(node.state(), THREE));
    }
}
