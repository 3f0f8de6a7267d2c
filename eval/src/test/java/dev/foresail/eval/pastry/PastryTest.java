package dev.foresail.eval.pastry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Uses;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.pastry.Pastry.Hello;
import dev.foresail.eval.pastry.Pastry.Join;
import dev.foresail.eval.pastry.Pastry.Phase;
import dev.foresail.eval.pastry.Pastry.Placed;
import dev.foresail.eval.pastry.Pastry.Routed;
import dev.foresail.eval.pastry.Pastry.Row;
import dev.foresail.eval.pastry.Pastry.RowAsked;
import dev.foresail.eval.pastry.Pastry.Welcome;
import dev.foresail.eval.routing.KeyRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nodes whose nodeIds are their names: 0x21 shares one digit less with 0x31 than with 0x23. */
final class PastryTest {
    private static final NodeId SELF = NodeId.of(0x21);
    private static final Map<String, String> SMALL = Map.of("hashedIds", "false", "leavesPerSide", "1");

    private static Peer peer(long id) {
        return Peer.of(NodeId.of(id), false);
    }

    private static LeafSet leaves(long owner, long... others) {
        LeafSet leaves = new LeafSet(peer(owner), 1, List.of());
        for (long other : others) {
            leaves = leaves.with(peer(other));
        }
        return leaves;
    }

    private static EmbeddedNode<Pastry> started() {
        return EmbeddedNode.of(new PastryMachine(), SELF, SMALL).start();
    }

    /** A node with two leaves, which are in its routing table too. */
    private static EmbeddedNode<Pastry> joined() {
        EmbeddedNode<Pastry> node = started().call("join", SELF);
        for (long leaf : new long[] {0x20, 0x23}) {
            node.deliver(NodeId.of(leaf), new Welcome(leaves(leaf), 0));
        }
        assertEquals(Phase.JOINED, node.state().phase);
        assertEquals(List.of(peer(0x23), peer(0x20)), node.state().leaves.members());
        node.takeSent();
        return node;
    }

    private static List<NodeId> asked(EmbeddedNode<?> node) {
        return node.takeSent().stream()
                .filter(sent -> sent.message() instanceof Hello)
                .map(Sent::to)
                .toList();
    }

    @Test
    void whoJoinsHasJoinedWhenAllWhoShallBeItsLeavesKnowIt() {
        EmbeddedNode<Pastry> node = started().call("join", NodeId.of(0x70));
        assertEquals(List.of(new Sent(NodeId.of(0x70), new Join(peer(0x21), List.of()))), node.takeSent());
        node.deliver(NodeId.of(0x23), new Placed(List.of(peer(0x70), peer(0x23)), leaves(0x23, 0x20, 0x31)));
        assertEquals(List.of(NodeId.of(0x70), NodeId.of(0x23), NodeId.of(0x31), NodeId.of(0x20)), asked(node));
        for (long leaf : new long[] {0x70, 0x23, 0x20}) {
            assertEquals(Phase.ARRIVING, node.state().phase);
            node.deliver(NodeId.of(leaf), new Welcome(leaves(leaf), 0));
        }
        // The last one has failed.
        node.connectionError(NodeId.of(0x31));
        assertEquals(Phase.JOINED, node.state().phase);
        assertEquals(List.of(peer(0x23), peer(0x20)), node.state().leaves.members());
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForLongerThanTheTimeout() {
        EmbeddedNode<Pastry> node = started().call("join", NodeId.of(0x70));
        node.deliver(NodeId.of(0x23), new Placed(List.of(peer(0x23)), leaves(0x23, 0x20)));
        node.advance(Duration.ofSeconds(3));
        assertEquals(Phase.ARRIVING, node.state().phase, "nobody knows it");
        node.takeSent();
        node.deliver(NodeId.of(0x23), new Placed(List.of(peer(0x23)), leaves(0x23, 0x20)));
        assertEquals(List.of(NodeId.of(0x23), NodeId.of(0x20)), asked(node), "again");
        node.deliver(NodeId.of(0x23), new Welcome(leaves(0x23), 0));
        node.advance(Duration.ofSeconds(3));
        assertEquals(Phase.JOINED, node.state().phase);
    }

    @Test
    void aJoinTakesRowsAlongAndIsAnsweredByTheNumericallyClosest() {
        EmbeddedNode<Pastry> node = joined();
        node.deliver(NodeId.of(0x70), new Welcome(leaves(0x70), 0));
        node.takeSent();
        node.deliver(NodeId.of(0x99), new Join(peer(0x71), List.of(peer(0x90))));
        List<Peer> known = List.of(peer(0x90), peer(0x21), peer(0x70));
        assertEquals(List.of(new Sent(NodeId.of(0x70), new Join(peer(0x71), known))), node.takeSent());
        node.deliver(NodeId.of(0x20), new Join(peer(0x22), List.of()));
        assertEquals(NodeId.of(0x22), node.sent().get(0).to());
        assertEquals(leaves(0x21, 0x20, 0x23), ((Placed) node.takeSent().get(0).message()).leaves());
        // One that looks for its place again, or has lost all that it knew, is not asked itself.
        node.deliver(NodeId.of(0x70), new Join(peer(0x23), List.of()));
        assertEquals(NodeId.of(0x23), node.takeSent().get(0).to());
    }

    @Test
    void whatOthersSayOfTheDeadDoesNotBringThemBack() {
        EmbeddedNode<Pastry> node = joined();
        node.connectionError(NodeId.of(0x20));
        node.takeSent();
        node.deliver(NodeId.of(0x23), new Hello(leaves(0x23, 0x20), 7));
        assertEquals(List.of(peer(0x23)), node.state().leaves.members());
        assertEquals(
                List.of(NodeId.of(0x20), NodeId.of(0x23)),
                node.sent().stream().map(Sent::to).toList());
        assertEquals(new Welcome(leaves(0x21, 0x23), 7), node.takeSent().get(1).message());
        node.deliver(NodeId.of(0x20), new Welcome(leaves(0x20), 0));
        assertEquals(List.of(peer(0x23), peer(0x20)), node.state().leaves.members(), "it answered");
    }

    @Test
    void whoNextComesAfterALeafThatFailedTheOutermostKnow() {
        EmbeddedNode<Pastry> node = joined();
        node.connectionError(NodeId.of(0x23));
        assertEquals(List.of(NodeId.of(0x20)), asked(node));
        node.deliver(NodeId.of(0x20), new Welcome(leaves(0x20, 0x25), 0));
        assertEquals(List.of(NodeId.of(0x25)), asked(node));
    }

    @Test
    void anEntryThatFailedIsReplacedByAnotherNodeOfTheRow() {
        EmbeddedNode<Pastry> node = joined();
        for (long far : new long[] {0x70, 0x90}) {
            node.deliver(NodeId.of(far), new Welcome(leaves(far), 0));
        }
        node.takeSent();
        node.connectionError(NodeId.of(0x90));
        assertEquals(List.of(new Sent(NodeId.of(0x70), new RowAsked(14))), node.takeSent());
        node.deliver(NodeId.of(0x70), new Row(List.of(peer(0x93))));
        assertEquals(List.of(NodeId.of(0x93)), asked(node));
        node.deliver(NodeId.of(0x31), new RowAsked(14));
        assertEquals(List.of(new Sent(NodeId.of(0x31), new Row(List.of(peer(0x70))))), node.takeSent());
    }

    @Test
    void theNearestOfASlotAreKeptAndComeFirst() {
        EmbeddedNode<Pastry> node = joined();
        node.deliver(NodeId.of(0x70), new Row(List.of(peer(0x93))));
        long sentNanos = ((Hello) node.takeSent().get(0).message()).sentNanos();
        node.advance(Duration.ofMillis(500));
        long[] candidates = {0x93, 0x90, 0x95, 0x91};
        long[] roundTripMillis = {30, 50, 60, 40};
        for (int index = 0; index < candidates.length; index++) {
            long later = Duration.ofMillis(500 - roundTripMillis[index]).toNanos();
            node.deliver(NodeId.of(candidates[index]), new Welcome(leaves(candidates[index]), sentNanos + later));
        }
        assertEquals(
                List.of(NodeId.of(0x93), NodeId.of(0x91), NodeId.of(0x90)),
                node.state().nextHops(new Routed(0x97, new RowAsked(0))));
    }

    /** Also the node that began looks for its place, over those that it has lost. */
    @Test
    void whoHasLostANodeLooksForItsPlaceOverIt() {
        EmbeddedNode<Pastry> node = joined();
        node.connectionError(NodeId.of(0x20)).connectionError(NodeId.of(0x23));
        node.takeSent();
        for (long contact : new long[] {0x23, 0x20, 0x23}) {
            node.fire("join");
            assertEquals(List.of(new Sent(NodeId.of(contact), new Join(peer(0x21), List.of()))), node.takeSent());
        }
    }

    /** What a layer above sees. */
    @Protocol("pastry-mail")
    static final class Mail {
        public record Letter(String text) {}

        @Uses
        KeyRouting routing;

        final List<String> seen = new ArrayList<>();
        boolean keeps;

        @OnCall
        void post(long key, String text) {
            routing.route(key, new Letter(text));
        }

        @OnUpcall
        void deliver(long key, Letter letter) {
            seen.add(letter.text());
        }

        @OnUpcall
        boolean forward(long key, Letter letter, NodeId next) {
            seen.add(letter.text() + " to " + next.value());
            return !keeps;
        }
    }

    private static EmbeddedNode<Stack> mail() {
        EmbeddedNode<Stack> node = EmbeddedNode.ofLayers(SELF, Mail.class, Pastry.class);
        return node.with(stack -> {
            Pastry pastry = stack.layer(Pastry.class);
            pastry.become(peer(0x21));
            pastry.leaves = leaves(0x21, 0x20, 0x23);
        });
    }

    @Test
    void aMessageIsDeliveredAtTheRootAndForwardedElsewhereUnlessTheLayerAboveTakesIt() {
        EmbeddedNode<Stack> node = mail().with(stack -> stack.layer(Pastry.class).phase = Phase.JOINED);
        node.call("post", 0x21L, "here").call("post", 0x23L, "there");
        for (Sent sent : node.takeSent()) {
            assertEquals(SELF, sent.to());
            node.deliver(SELF, sent.message());
        }
        assertEquals(List.of("here", "there to 35"), node.state().layer(Mail.class).seen);
        assertEquals(
                List.of(NodeId.of(0x23)), node.takeSent().stream().map(Sent::to).toList());
        node.with(stack -> stack.layer(Mail.class).keeps = true);
        node.deliver(NodeId.of(0x70), new Routed(0x23, new Mail.Letter("kept")));
        assertEquals(List.of(), node.takeSent());
    }

    @Test
    void whatComesWhileANodeIsJoiningWaits() {
        EmbeddedNode<Stack> node = mail();
        node.call("post", 0x21L, "dropped");
        node.deliver(NodeId.of(0x70), new Routed(0x21, new Mail.Letter("early")));
        assertEquals(List.of(), node.takeSent());
        assertEquals(List.of(), node.state().layer(Mail.class).seen);
        node.call("join", SELF);
        assertEquals(List.of("early"), node.state().layer(Mail.class).seen);
    }

    /** The nodes of a ring that is as it should be. */
    private static List<Pastry> ring(long... ids) {
        List<Pastry> nodes = new ArrayList<>();
        for (long id : ids) {
            Pastry node =
                    EmbeddedNode.of(new PastryMachine(), NodeId.of(id), SMALL).state();
            node.become(peer(id));
            node.phase = Phase.JOINED;
            for (long other : ids) {
                node.leaves = node.leaves.with(peer(other));
                node.table = other == id ? node.table : node.table.with(peer(other), 0);
            }
            nodes.add(node);
        }
        return nodes;
    }

    @Test
    void aRingThatIsWrongIsSeen() {
        long[] ids = {0x11, 0x12, 0x21, 0x31, 0x35};
        List<Pastry> nodes = ring(ids);
        assertTrue(nodes.stream().allMatch(node -> Ring.of(nodes).isKnownRightBy(node)));
        assertTrue(nodes.stream().allMatch(node -> Ring.of(nodes).isReachedBy(node)));
        Pastry last = nodes.get(4);
        last.leaves = last.leaves.without(peer(0x11));
        assertFalse(Ring.of(nodes).isKnownRightBy(last));
        // Two that take each other for all there are.
        Pastry first = nodes.get(0);
        for (Pastry node : List.of(first, last)) {
            Pastry other = node == first ? last : first;
            node.become(node.self);
            node.leaves = node.leaves.with(other.self);
        }
        assertFalse(Ring.of(nodes).isReachedBy(first));
        assertTrue(
                Stream.of(first, last).allMatch(node -> Pastry.leavesAreInOrder(node) && Pastry.isRootOfItself(node)));
        assertTrue(KeyOwners.neighboursShareNone(nodes));
        long middle = first.self.id() + ((last.self.id() - first.self.id()) >>> 1);
        last.become(new Peer(middle, last.self.address()));
        last.leaves = last.leaves.with(first.self);
        assertFalse(KeyOwners.neighboursShareNone(nodes), "the other one knows it elsewhere");
        last.leaves = new LeafSet(last.self, 1, List.of(last.self));
        assertFalse(Pastry.leavesAreInOrder(last));
        last.table = new RoutingTable(first.self, nodes.get(1).table.slots());
        assertFalse(Pastry.entriesAreInTheirSlots(last));
    }

    @Test
    void aLeafSetWithoutLeavesIsRefused() {
        String refusal = assertThrows(
                        IllegalArgumentException.class,
                        () -> EmbeddedNode.of(new PastryMachine(), SELF, Map.of("leavesPerSide", "0")))
                .getMessage();
        assertTrue(refusal.contains("[FS470]"), refusal);
    }
}
