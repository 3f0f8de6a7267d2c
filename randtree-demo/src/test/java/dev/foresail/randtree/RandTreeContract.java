package dev.foresail.randtree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription.Kind;
import dev.foresail.randtree.RandTreeMessages.Join;
import dev.foresail.randtree.RandTreeMessages.JoinReply;
import dev.foresail.randtree.RandTreeMessages.NewRoot;
import dev.foresail.randtree.RandTreeMessages.Probe;
import dev.foresail.randtree.RandTreeMessages.ProbeJoin;
import dev.foresail.randtree.RandTreeMessages.Rejoin;
import dev.foresail.randtree.RandTreeMessages.Remove;
import dev.foresail.randtree.RandTreeMessages.Status;
import dev.foresail.randtree.RandTreeMessages.UpdateSiblings;
import dev.foresail.randtree.fixture.Draws;
import dev.foresail.randtree.fixture.Overlay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every form of RandTree does, whatever child it chooses. */
abstract class RandTreeContract<S extends RandTreeState> {
    private static final NodeId ROOT = NodeId.of(1);
    private static final NodeId SMALLER = NodeId.of(0);
    private static final NodeId A = NodeId.of(4);
    private static final NodeId B = NodeId.of(5);
    private static final NodeId ME = NodeId.of(6);
    private static final NodeId C = NodeId.of(8);
    private static final NodeId D = NodeId.of(9);

    abstract Machine<S> machine();

    Map<String, String> parameters() {
        return Map.of();
    }

    EmbeddedNode<S> node(NodeId self) {
        return EmbeddedNode.of(machine(), self, parameters())
                .choices(new Draws(bound -> 0))
                .start();
    }

    EmbeddedNode<S> root(NodeId... children) {
        EmbeddedNode<S> root = node(ROOT);
        root.call("joinOverlay", List.of());
        for (NodeId child : children) {
            root.deliver(child, Join.of(child, 1, 2));
        }
        root.takeSent();
        return root;
    }

    /** A node whose parent is {@code parent}, in the tree of the root. */
    EmbeddedNode<S> child(NodeId parent, NodeId... children) {
        EmbeddedNode<S> child = node(ME);
        child.call("joinOverlay", List.of(ROOT));
        child.deliver(parent, JoinReply.accepted(ROOT, List.of(A, ME)));
        for (NodeId below : children) {
            child.deliver(parent, Join.of(below, 1, 2).downFrom(ROOT));
        }
        child.takeSent();
        return child;
    }

    /** The messages of the protocol itself, without what a form says besides. */
    static List<Sent> sentBy(EmbeddedNode<?> node) {
        return node.takeSent().stream()
                .filter(sent -> sent.message().getClass().getEnclosingClass() == RandTreeMessages.class)
                .toList();
    }

    static Sent join(NodeId to, NodeId joiner, int subtree) {
        return new Sent(to, Join.of(joiner, subtree, 2));
    }

    @Test
    void whoKnowsNobodyIsTheRootAndStillLooksForOthers() {
        EmbeddedNode<S> root = root();
        assertEquals(ControlState.JOINED, root.state().state());
        assertEquals(ROOT, root.state().root());
        assertTrue(root.timers().containsKey("recovery"), "RT-2");
    }

    @Test
    void aNodeAsksItsFirstPeerAndBecomesAChild() {
        EmbeddedNode<S> node = node(ME);
        node.call("joinOverlay", List.of(ME, ROOT));
        assertEquals(ControlState.JOINING, node.state().state());
        assertEquals(List.of(join(ROOT, ME, 1)), sentBy(node));
        node.deliver(A, JoinReply.accepted(ROOT, List.of(ME, B)));
        assertEquals(Optional.of(A), node.state().parent());
        assertEquals(List.of(B), List.copyOf(node.state().siblings()));
        assertFalse(node.timers().containsKey("join"));
        assertTrue(node.timers().containsKey("recovery"));
    }

    @Test
    void withoutAnAnswerTheNextPeerIsAsked() {
        EmbeddedNode<S> node = node(ME);
        node.call("joinOverlay", List.of(ROOT, C));
        node.takeSent();
        node.fire("join");
        assertEquals(List.of(join(C, ME, 1)), sentBy(node));
        assertEquals(ME, node.state().root());
        assertTrue(node.timers().containsKey("join"));
    }

    @Test
    void theRootAdoptsAndTellsItsChildrenOfOneAnother() {
        EmbeddedNode<S> root = root(A);
        root.deliver(B, Join.of(B, 1, 2));
        assertEquals(
                List.of(
                        new Sent(B, JoinReply.accepted(ROOT, List.of(A, B))),
                        new Sent(A, new UpdateSiblings(ROOT, List.of(A, B))),
                        new Sent(B, new UpdateSiblings(ROOT, List.of(A, B)))),
                sentBy(root));
    }

    @Test
    void aFullNodeHandsTheJoinToAChild() {
        EmbeddedNode<S> root = root(A, B);
        root.deliver(D, Join.of(D, 1, 2));
        assertEquals(List.of(new Sent(A, Join.of(D, 1, 2).downFrom(ROOT))), sentBy(root), "the first of equals");
        assertEquals(List.of(A, B), List.copyOf(root.state().children()));
    }

    @Test
    void aJoinFromTheParentIsSettledHere() {
        EmbeddedNode<S> child = child(ROOT);
        child.deliver(ROOT, Join.of(D, 1, 2).downFrom(ROOT));
        assertEquals(List.of(new Sent(D, JoinReply.accepted(ROOT, List.of(D)))), sentBy(child));
    }

    @Test
    void anyOtherJoinGoesUp() {
        EmbeddedNode<S> child = child(ROOT);
        child.deliver(D, Join.of(D, 1, 2));
        assertEquals(List.of(join(ROOT, D, 1)), sentBy(child));
        child.deliver(C, Join.of(D, 1, 2).downFrom(ROOT));
        assertEquals(List.of(join(ROOT, D, 1)), sentBy(child), "a stranger sent it down: it has lost its way");
    }

    @Test
    void aNodeThatJoinsPassesJoinsOn() {
        EmbeddedNode<S> node = node(ME);
        node.call("joinOverlay", List.of(ROOT));
        node.takeSent();
        node.deliver(D, Join.of(D, 1, 2));
        assertEquals(List.of(join(ROOT, D, 1)), sentBy(node));
    }

    @Test
    void aChildThatJoinsAgainFindsItsPlaceKept() {
        EmbeddedNode<S> root = root(A, B);
        root.deliver(A, Join.of(A, 3, 2));
        assertEquals(
                new Sent(A, JoinReply.accepted(ROOT, List.of(A, B))),
                sentBy(root).get(0),
                "RT-5");
    }

    @Test
    void theRootItselfIsToldThatItIsTheRoot() {
        EmbeddedNode<S> child = child(ROOT);
        child.deliver(ROOT, Join.of(ROOT, 1, 2));
        assertEquals(List.of(new Sent(ROOT, JoinReply.beRoot(Status.LOOP_ERROR, ROOT))), sentBy(child));
    }

    @Test
    void aSmallerIdTakesOverFromTheRoot() {
        EmbeddedNode<S> root = root(A);
        root.deliver(SMALLER, Join.of(SMALLER, 1, 2));
        List<Sent> sent = sentBy(root);
        assertEquals(new Sent(SMALLER, JoinReply.beRoot(Status.ROOT_FORCE, SMALLER)), sent.get(0));
        assertEquals(join(SMALLER, ROOT, 2), sent.get(1));
        assertEquals(ControlState.JOINING, root.state().state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROOT_FORCE", "LOOP_ERROR"})
    void whoIsForcedBecomesTheRootAndHasNoSiblings(Status status) {
        EmbeddedNode<S> node = child(A, C);
        node.connectionError(A);
        node.takeSent();
        node.deliver(ROOT, JoinReply.beRoot(status, ME));
        assertEquals(ControlState.JOINED, node.state().state());
        assertEquals(Set.of(), Set.copyOf(node.state().siblings()), "RT-3");
        assertTrue(sentBy(node).contains(new Sent(C, new NewRoot(ME))));
    }

    @Test
    void aSecondParentIsDeclined() {
        EmbeddedNode<S> child = child(ROOT);
        child.deliver(C, JoinReply.accepted(ROOT, List.of(ME)));
        assertEquals(List.of(new Sent(C, new Remove())), sentBy(child));
        assertEquals(Optional.of(ROOT), child.state().parent());
    }

    @Test
    void aChildThatLeavesIsForgottenAndTold() {
        EmbeddedNode<S> root = root(A, B);
        root.deliver(A, new Remove());
        assertEquals(
                List.of(new Sent(A, new Rejoin()), new Sent(B, new UpdateSiblings(ROOT, List.of(B)))), sentBy(root));
    }

    @Test
    void onlyTheParentCanSendANodeToJoinAgain() {
        EmbeddedNode<S> child = child(A);
        child.deliver(B, new Rejoin());
        assertEquals(Optional.of(A), child.state().parent());
        child.deliver(A, new Rejoin());
        assertEquals(ControlState.JOINING, child.state().state());
        assertEquals(List.of(join(ROOT, ME, 1)), sentBy(child));
    }

    @Test
    void aNewRootIsBelievedFromTheParentOnlyAndPassedOn() {
        EmbeddedNode<S> child = child(A, C);
        child.deliver(B, new NewRoot(SMALLER));
        assertEquals(ROOT, child.state().root());
        child.deliver(A, new NewRoot(SMALLER));
        assertEquals(SMALLER, child.state().root());
        assertEquals(List.of(new Sent(C, new NewRoot(SMALLER))), sentBy(child));
    }

    @Test
    void aChildThatTheRootHasTakenIsNoChildAnyMore() {
        EmbeddedNode<S> child = child(ROOT, C);
        child.deliver(ROOT, new UpdateSiblings(ROOT, List.of(C, ME)));
        assertEquals(List.of(), List.copyOf(child.state().children()), "RT-1");
        assertEquals(List.of(new Sent(C, new Rejoin())), sentBy(child));
    }

    @Test
    void withoutItsParentANodeJoinsAgainWithItsSubtree() {
        EmbeddedNode<S> child = child(A, C, D);
        child.connectionError(A);
        assertEquals(ControlState.JOINING, child.state().state());
        assertEquals(List.of(join(ROOT, ME, 3)), sentBy(child));
        assertEquals(List.of(C, D), List.copyOf(child.state().children()));
    }

    @Test
    void theSmallestChildInheritsTheRoot() {
        EmbeddedNode<S> heir = child(ROOT, C);
        heir.deliver(ROOT, new UpdateSiblings(ROOT, List.of(ME, D)));
        heir.connectionError(ROOT);
        assertEquals(ControlState.JOINED, heir.state().state());
        assertEquals(ME, heir.state().root());
        assertTrue(sentBy(heir).contains(new Sent(C, new NewRoot(ME))));
    }

    @Test
    void theOtherChildrenOfTheRootJoinTheHeir() {
        EmbeddedNode<S> child = child(ROOT);
        child.connectionError(ROOT);
        assertEquals(List.of(join(A, ME, 1)), sentBy(child));
        assertEquals(List.of(), List.copyOf(child.state().siblings()), "RT-3");
    }

    @Test
    void aLostChildIsForgotten() {
        EmbeddedNode<S> root = root(A, B);
        root.connectionError(B);
        assertEquals(List.of(A), List.copyOf(root.state().children()));
        assertEquals(List.of(new Sent(A, new UpdateSiblings(ROOT, List.of(A)))), sentBy(root));
    }

    @Test
    void twoTreesFindEachOther() {
        EmbeddedNode<S> other = node(C);
        other.call("joinOverlay", List.of(D));
        other.fire("join");
        other.deliver(D, JoinReply.beRoot(Status.ROOT_FORCE, C));
        other.takeSent();
        other.fire("recovery");
        assertEquals(List.of(new Sent(D, new Probe(C))), sentBy(other));
        assertTrue(other.timers().containsKey("recovery"));
        EmbeddedNode<S> probed = child(ROOT);
        probed.deliver(C, new Probe(C));
        assertEquals(List.of(new Sent(C, new ProbeJoin(ROOT))), sentBy(probed));
        other.deliver(ME, new ProbeJoin(ROOT));
        assertEquals(List.of(join(ROOT, C, 1)), sentBy(other));
    }

    @Test
    void beforeItIsAskedToJoinANodeKeepsOutOfIt() {
        EmbeddedNode<S> node = node(ME);
        node.deliver(D, Join.of(D, 1, 2));
        node.deliver(D, new Probe(ROOT));
        assertEquals(List.of(), sentBy(node));
        assertEquals(ControlState.INIT, node.state().state());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void safetyHoldsAllTheTimeAndLivenessInTheEnd(long seed) {
        Overlay<S> overlay = new Overlay<>(machine(), parameters(), seed);
        List<NodeId> ids = LongStream.rangeClosed(1, 15).mapToObj(NodeId::of).toList();
        for (NodeId id : ids) {
            overlay.join(id, id.equals(ROOT) ? List.of() : List.of(ROOT));
            steps(overlay, 5);
        }
        steps(overlay, (int) seed * 20);
        List<NodeId> failing = List.of(NodeId.of(2 + seed % 5), NodeId.of(7 + seed % 8));
        failing.forEach(overlay::crash);
        steps(overlay, 30);
        failing.forEach(id -> overlay.join(id, List.of(ROOT)));
        steps(overlay, 10);
        overlay.crash(NodeId.of(3));
        untilAllIsWell(overlay);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theTreeOutlivesItsRoot(long seed) {
        Overlay<S> overlay = new Overlay<>(machine(), parameters(), seed);
        for (long id = 1; id <= 10; id++) {
            overlay.join(NodeId.of(id), id == 1 ? List.of() : List.of(ROOT));
            steps(overlay, 1000);
        }
        overlay.crash(ROOT);
        untilAllIsWell(overlay);
        overlay.join(ROOT, List.of(NodeId.of(7)));
        untilAllIsWell(overlay);
        assertEquals(ROOT, overlay.node(NodeId.of(5)).state().root());
    }

    private void steps(Overlay<S> overlay, int count) {
        for (int step = 0; step < count && overlay.step(); step++) {
            assertEquals(Set.of(), overlay.broken(Kind.SAFETY), overlay::toString);
        }
    }

    private void untilAllIsWell(Overlay<S> overlay) {
        Set<String> broken = new TreeSet<>();
        for (int round = 0; round < 10; round++) {
            steps(overlay, 10_000);
            broken = overlay.broken(Kind.LIVENESS);
            if (broken.isEmpty()) {
                return;
            }
            overlay.fire("join");
            steps(overlay, 10_000);
            overlay.fire("recovery");
        }
        assertEquals(Set.of(), broken, overlay::toString);
    }
}
