package dev.foresail.eval.bamboo;

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
import dev.foresail.eval.bamboo.Bamboo.Acknowledged;
import dev.foresail.eval.bamboo.Bamboo.Find;
import dev.foresail.eval.bamboo.Bamboo.Found;
import dev.foresail.eval.bamboo.Bamboo.Hello;
import dev.foresail.eval.bamboo.Bamboo.Phase;
import dev.foresail.eval.bamboo.Bamboo.Routed;
import dev.foresail.eval.bamboo.Bamboo.Row;
import dev.foresail.eval.bamboo.Bamboo.RowAsked;
import dev.foresail.eval.bamboo.Bamboo.Welcome;
import dev.foresail.eval.pastry.LeafSet;
import dev.foresail.eval.pastry.Peer;
import dev.foresail.eval.routing.KeyRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes whose nodeIds are their names: 0x21 shares one digit less with 0x31 than with 0x23. */
final class BambooTest {
    private static final NodeId SELF = NodeId.of(0x21);
    private static final NodeId LEFT = NodeId.of(0x20);
    private static final NodeId RIGHT = NodeId.of(0x23);
    private static final NodeId FAR = NodeId.of(0x70);
    private static final Map<String, String> SMALL =
            Map.of("hashedIds", "false", "leavesPerSide", "1", "samplePeriod", "0s");

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

    private static EmbeddedNode<Bamboo> started() {
        return EmbeddedNode.of(new BambooMachine(), SELF, SMALL).start();
    }

    /** Each node that is asked answers after that time with the leaves that it has; what else was sent is forgotten. */
    private static void answer(EmbeddedNode<?> node, Duration after, LeafSet... known) {
        List<Sent> sent = node.takeSent();
        node.advance(after);
        for (LeafSet leaves : known) {
            for (Sent question : sent) {
                if (question.message() instanceof Hello hello
                        && question.to().equals(leaves.owner().address())) {
                    node.deliver(question.to(), new Welcome(hello.number(), leaves));
                }
            }
        }
    }

    /** A node with two leaves and a node that is far away, all of which have been measured. */
    private static EmbeddedNode<Bamboo> joined() {
        EmbeddedNode<Bamboo> node = started().call("join", SELF);
        for (long other : new long[] {0x20, 0x23, 0x70}) {
            node.deliver(NodeId.of(other), new Hello(1, true, leaves(other)));
            answer(node, Duration.ofMillis(10), leaves(other));
        }
        node.takeSent();
        return node;
    }

    private static List<NodeId> asked(EmbeddedNode<?> node) {
        return node.takeSent().stream()
                .filter(sent -> sent.message() instanceof Hello)
                .map(Sent::to)
                .toList();
    }

    private static List<Routed> routed(EmbeddedNode<?> node, NodeId to) {
        return node.takeSent().stream()
                .filter(sent -> sent.to().equals(to) && sent.message() instanceof Routed)
                .map(sent -> (Routed) sent.message())
                .toList();
    }

    @Test
    void whoJoinsTakesItsPlaceWhenAllAroundItHaveAnsweredAndTellsThem() {
        EmbeddedNode<Bamboo> node = started().call("join", FAR);
        assertEquals(List.of(new Sent(FAR, new Routed(0, 0x21, new Find(peer(0x21))))), node.takeSent());
        node.deliver(RIGHT, new Found(leaves(0x23, 0x20, 0x31)));
        node.deliver(LEFT, new Hello(4, true, leaves(0x20)));
        assertEquals(Phase.ARRIVING, node.state().phase);
        List<Sent> first = node.takeSent();
        assertTrue(first.stream().noneMatch(sent -> sent.message() instanceof Welcome), "it is no leaf yet");
        assertTrue(first.stream().noneMatch(sent -> ((Hello) sent.message()).isJoined()));
        for (Sent sent : first) {
            node.deliver(
                    sent.to(),
                    new Welcome(
                            ((Hello) sent.message()).number(), leaves(sent.to().value())));
        }
        assertEquals(Phase.JOINED, node.state().phase);
        assertEquals(List.of(peer(0x23), peer(0x20)), node.state().leaves.members());
        List<Sent> then = node.takeSent();
        assertEquals(
                List.of(RIGHT, LEFT),
                then.stream()
                        .filter(sent -> sent.message() instanceof Hello hello && hello.isJoined())
                        .map(Sent::to)
                        .toList());
        assertTrue(then.contains(new Sent(LEFT, new RowAsked(15))), then::toString);
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForBeyondItsTime() {
        EmbeddedNode<Bamboo> node = started().call("join", FAR);
        node.deliver(RIGHT, new Found(leaves(0x23, 0x20)));
        answer(node, Duration.ZERO, leaves(0x23));
        assertEquals(Phase.ARRIVING, node.state().phase);
        node.advance(Duration.ofSeconds(1));
        assertEquals(Phase.JOINED, node.state().phase);
        assertEquals(List.of(peer(0x23)), node.state().leaves.members());
    }

    @Test
    void aNodeThatIsNotAcknowledgedInTimeIsPassedOverUntilItGivesASignOfLife() {
        EmbeddedNode<Bamboo> node = joined();
        Routed message = new Routed(9, 0x75, new Find(peer(0x99)));
        node.deliver(LEFT, message);
        assertEquals(new Acknowledged(9), node.sent().get(0).message());
        Routed first = routed(node, FAR).get(0);
        node.advance(Duration.ofMillis(200));
        assertEquals(Map.of(FAR, 1), node.state().suspects);
        List<Routed> again = routed(node, SELF);
        assertEquals(message.message(), again.get(0).message());
        node.deliver(SELF, again.get(0));
        assertEquals(1, routed(node, RIGHT).size(), "the next best");
        node.deliver(FAR, new Acknowledged(first.number()));
        assertEquals(Map.of(), node.state().suspects);
    }

    @Test
    void whatIsUnderWayToALostNodeGoesAnotherWay() {
        EmbeddedNode<Bamboo> node = joined();
        node.deliver(LEFT, new Routed(9, 0x75, new Find(peer(0x99))));
        node.takeSent();
        node.connectionError(FAR);
        assertEquals(1, routed(node, SELF).size());
        assertFalse(node.state().table.knows(peer(0x70)));
    }

    @Test
    void timesAreMeasuredForEachNeighbour() {
        EmbeddedNode<Bamboo> node = joined();
        node.deliver(LEFT, new Routed(9, 0x75, new Find(peer(0x99))));
        Routed sent = routed(node, FAR).get(0);
        node.advance(Duration.ofMillis(18));
        node.deliver(FAR, new Acknowledged(sent.number()));
        assertEquals(11_000_000, node.state().roundTrips.get(FAR).meanNanos());
        assertEquals(10_000_000, node.state().roundTrips.get(LEFT).meanNanos());
    }

    /** Recovery is periodic: nobody is asked because a leaf has failed. */
    @Test
    void aLeafThatStaysSilentIsProbedAndAtLastGivenUp() {
        EmbeddedNode<Bamboo> node = joined();
        node.connectionError(RIGHT);
        assertEquals(List.of(), asked(node));
        node = joined();
        for (int second = 0; second < 12; second++) {
            node.advance(Duration.ofSeconds(1));
            answer(node, Duration.ZERO, leaves(0x20), leaves(0x70));
        }
        assertFalse(node.state().leaves.members().contains(peer(0x23)));
        assertFalse(node.state().table.knows(peer(0x23)));
        assertEquals(Map.of(), node.state().suspects);
        assertTrue(node.state().leaves.members().contains(peer(0x20)));
    }

    @Test
    void whatOthersSayOfTheDeadDoesNotBringThemBack() {
        EmbeddedNode<Bamboo> node = joined();
        node.connectionError(LEFT);
        node.deliver(RIGHT, new Hello(3, true, leaves(0x23, 0x20)));
        assertEquals(List.of(LEFT), asked(node));
        assertFalse(node.state().leaves.members().contains(peer(0x20)));
    }

    /** Who had never answered was asked again and again as if it had never been late. */
    @Test
    void whoHasNeverAnsweredIsWaitedForLongerEachTimeToo() {
        EmbeddedNode<Bamboo> node = joined();
        NodeId slow = NodeId.of(0x73);
        node.deliver(FAR, new Row(List.of(peer(0x73))));
        for (int step = 0; step < 350; step++) {
            answer(node, Duration.ofMillis(10), leaves(0x20), leaves(0x23), leaves(0x70));
        }
        assertEquals(Map.of(slow, 1), node.state().suspects, "after a second, and then the wait was two");
        node.fire("maintain");
        assertEquals(RoundTrip.UNKNOWN.backedOff(), node.state().roundTrips.get(slow));
        int asked = node.state().awaited.entrySet().stream()
                .filter(answer -> answer.getValue().from().equals(slow))
                .findFirst()
                .orElseThrow()
                .getKey();
        node.deliver(slow, new Welcome(asked, leaves(0x73)));
        assertTrue(node.state().roundTrips.get(slow).meanNanos() > 1_400_000_000, "the wait was no measurement");
        assertTrue(node.state().table.knows(peer(0x73)));
    }

    /** Such nodes were taken for the nearest of their slots, at no distance, and not measured again. */
    @Test
    void aFirstAnswerThatIsLateMeasuresNothingAndTheNodeIsAskedAgain() {
        EmbeddedNode<Bamboo> node = joined();
        NodeId slow = NodeId.of(0x73);
        node.deliver(FAR, new Row(List.of(peer(0x73))));
        Hello first = hello(node, slow);
        node.advance(Duration.ofMillis(1_010));
        assertEquals(1, node.state().suspects.get(slow));
        node.takeSent();
        node.deliver(slow, new Welcome(first.number(), leaves(0x73)));
        assertFalse(node.state().table.knows(peer(0x73)));
        Hello second = hello(node, slow);
        node.advance(Duration.ofMillis(1_200));
        node.deliver(slow, new Welcome(second.number(), leaves(0x73)));
        assertTrue(node.state().table.knows(peer(0x73)));
        assertEquals(RoundTrip.first(1_200_000_000), node.state().roundTrips.get(slow));
    }

    private static Hello hello(EmbeddedNode<?> node, NodeId to) {
        return node.takeSent().stream()
                .filter(sent -> sent.to().equals(to) && sent.message() instanceof Hello)
                .map(sent -> (Hello) sent.message())
                .findFirst()
                .orElseThrow();
    }

    /** In a search time stands still: an answer takes no time, and is a measurement. */
    @Test
    void anAnswerAtTheSameInstantIsAMeasurement() {
        EmbeddedNode<Bamboo> node = joined();
        node.deliver(FAR, new Row(List.of(peer(0x73))));
        answer(node, Duration.ZERO, leaves(0x73));
        assertTrue(node.state().table.knows(peer(0x73)));
        assertEquals(List.of(), asked(node));
    }

    /** Also the node that began looks for its place, over those that it has lost. */
    @Test
    void whoHasLostANodeLooksForItsPlaceOverIt() {
        EmbeddedNode<Bamboo> node = joined();
        node.connectionError(LEFT).connectionError(RIGHT);
        node.takeSent();
        for (NodeId contact : List.of(RIGHT, LEFT, RIGHT)) {
            node.fire("join");
            assertEquals(List.of(new Sent(contact, new Routed(0, 0x21, new Find(peer(0x21))))), node.takeSent());
        }
    }

    /** A ring of one, parted from the ring of the other two, meets them again through the node that it has lost. */
    @Test
    void whoIsFoundThroughALostNodeBecomesALeaf() {
        EmbeddedNode<Bamboo> node = joined();
        node.connectionError(LEFT).connectionError(RIGHT).connectionError(FAR);
        assertEquals(List.of(), node.state().leaves.members());
        node.fire("join").deliver(FAR, new Found(leaves(0x20, 0x70)));
        answer(node, Duration.ofMillis(10), leaves(0x20), leaves(0x70));
        assertEquals(List.of(peer(0x70), peer(0x20)), node.state().leaves.members());
    }

    @Test
    void nearNodesOfARowAreTakenAndComeFirst() {
        EmbeddedNode<Bamboo> node = joined();
        node.deliver(FAR, new Row(List.of(peer(0x73), peer(0x70))));
        answer(node, Duration.ofMillis(5), leaves(0x73));
        assertEquals(List.of(NodeId.of(0x73), FAR), node.state().nextHops(new Routed(0, 0x79, new Find(peer(0x99)))));
        assertEquals(
                List.of(FAR),
                node.state().nextHops(new Routed(0, 0x79, new Find(peer(0x73)))),
                "who looks for its place is not asked for it");
    }

    @Test
    void noHopLeadsAwayFromTheKey() {
        EmbeddedNode<Bamboo> node = joined();
        node.deliver(FAR, new Row(List.of(peer(0x2F))));
        answer(node, Duration.ofMillis(5), leaves(0x2F));
        // 0x70 shares the next digit with neither; the leaf 0x23 is closer than 0x2F.
        assertEquals(peer(0x23), node.state().nextHop(0x25));
        assertEquals(peer(0x2F), node.state().nextHop(0x30));
        assertEquals(peer(0x21), node.state().nextHop(0x21));
    }

    /** What a layer above sees. */
    @Protocol("bamboo-mail")
    static final class Mail {
        public record Letter(String text) {}

        @Uses
        KeyRouting routing;

        final List<String> seen = new ArrayList<>();

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
            return true;
        }
    }

    @Test
    void aMessageIsDeliveredAtTheRootAndForwardedElsewhere() {
        EmbeddedNode<Stack> node = EmbeddedNode.ofLayers(SELF, Mail.class, Bamboo.class);
        node.call("post", 0x21L, "dropped");
        assertEquals(List.of(), node.takeSent());
        node.with(stack -> {
            Bamboo bamboo = stack.layer(Bamboo.class);
            bamboo.become(peer(0x21));
            bamboo.leaves = leaves(0x21, 0x20, 0x23);
            bamboo.phase = Phase.JOINED;
        });
        node.call("post", 0x21L, "here").call("post", 0x23L, "there");
        for (Sent sent : node.takeSent()) {
            node.deliver(SELF, sent.message());
        }
        assertEquals(List.of("here", "there to 35"), node.state().layer(Mail.class).seen);
        Routed sent = routed(node, RIGHT).get(0);
        assertEquals(new Mail.Letter("there"), sent.message());
        node.connectionError(RIGHT);
        node.deliver(SELF, routed(node, SELF).get(0));
        assertEquals(List.of("here", "there to 35", "there"), node.state().layer(Mail.class).seen);
    }

    @Test
    void aLeafSetWithoutLeavesIsRefused() {
        for (String setting : List.of("leavesPerSide", "patience")) {
            String refusal = assertThrows(
                            IllegalArgumentException.class,
                            () -> EmbeddedNode.of(new BambooMachine(), SELF, Map.of(setting, "0")))
                    .getMessage();
            assertTrue(refusal.contains("[FS510]"), refusal);
        }
    }
}
