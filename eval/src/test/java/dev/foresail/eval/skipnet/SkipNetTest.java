package dev.foresail.eval.skipnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.eval.routing.LookupsMachine;
import dev.foresail.eval.routing.RandomLookups;
import dev.foresail.eval.routing.RandomLookups.Find;
import dev.foresail.eval.skipnet.SkipNet.Found;
import dev.foresail.eval.skipnet.SkipNet.Hello;
import dev.foresail.eval.skipnet.SkipNet.Out;
import dev.foresail.eval.skipnet.SkipNet.Phase;
import dev.foresail.eval.skipnet.SkipNet.Route;
import dev.foresail.eval.skipnet.SkipNet.Seek;
import dev.foresail.eval.skipnet.SkipNet.Visit;
import dev.foresail.eval.skipnet.SkipNet.Welcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Nodes with one neighbour on each side, whose numeric ids are their names with the bits in reverse order: see {@link RingsTest}. */
final class SkipNetTest {
    private static final NodeId ZERO = NodeId.of(0);
    private static final Find FIND = new Find(NodeId.of(9), 1);

    private static NodeId id(long name) {
        return NodeId.of(name);
    }

    private static SortedSet<NodeId> ids(long... names) {
        SortedSet<NodeId> nodes = new TreeSet<>();
        LongStream.of(names).forEach(name -> nodes.add(id(name)));
        return nodes;
    }

    private static EmbeddedNode<SkipNet> started(NodeId self, String bug) {
        Map<String, String> parameters = Map.of("hashed", "false", "leavesPerSide", "1", "bug", bug);
        return EmbeddedNode.of(new SkipNetMachine(), self, parameters).start();
    }

    private static EmbeddedNode<SkipNet> joined(NodeId self, long... others) {
        return joined(self, "none", others);
    }

    private static EmbeddedNode<SkipNet> joined(NodeId self, String bug, long... others) {
        return started(self, bug)
                .call("join", self)
                .with(node -> ids(others).forEach(other -> node.rings = node.rings.with(other)));
    }

    /** Node 0 of eight, which knows 1, 2, 4, 6 and 7. */
    private static EmbeddedNode<SkipNet> ofEight() {
        return joined(ZERO, 1, 2, 3, 4, 5, 6, 7);
    }

    private static EmbeddedNode<Stack> withLookups() {
        StackMachine machine = StackMachine.of(List.of(new LookupsMachine(), new SkipNetMachine()));
        return EmbeddedNode.of(machine, ZERO, Map.of("hashed", "false", "leavesPerSide", "1"))
                .choices(Choices.first())
                .start()
                .call("join", ZERO)
                .with(stack -> ids(1, 2, 3, 4, 5, 6, 7).forEach(other -> {
                    SkipNet node = stack.layer(SkipNet.class);
                    node.rings = node.rings.with(other);
                }));
    }

    // Joining and leaving

    @Test
    void aPlaceIsLookedForByNameAndWhoIsNextToItAnswers() {
        assertEquals(
                List.of(new Sent(id(4), new SkipNet.Find(id(5)))),
                ofEight().deliver(id(7), new SkipNet.Find(id(5))).sent());
        assertEquals(
                List.of(new Sent(id(5), new Found(ids(3, 4, 6)))),
                joined(id(4), 3, 6).deliver(ZERO, new SkipNet.Find(id(5))).sent());
        assertEquals(
                List.of(new Sent(id(4), new Found(ids(3, 6)))),
                joined(id(3), 4, 6).deliver(ZERO, new SkipNet.Find(id(4))).sent(),
                "who was there before is not asked for its own place");
    }

    @Test
    void whoHasAnswersOfAllAroundItsPlaceTakesItAndTellsThem() {
        EmbeddedNode<SkipNet> joiner = started(id(2), "none").call("join", ZERO);
        assertEquals(List.of(new Sent(ZERO, new SkipNet.Find(id(2)))), joiner.takeSent());
        joiner.deliver(id(1), new Found(ids(1, 4)));
        assertEquals(
                List.of(new Sent(id(1), new Hello(false, ids())), new Sent(id(4), new Hello(false, ids()))),
                joiner.takeSent());
        joiner.deliver(id(1), new Welcome(ids(0, 4)));
        assertEquals(Phase.ARRIVING, joiner.state().phase);
        joiner.connectionError(id(4));
        assertEquals(List.of(new Sent(ZERO, new Hello(false, ids(1)))), joiner.takeSent(), "it knows one node only");
        joiner.deliver(ZERO, new Welcome(ids(1)));
        assertTrue(joiner.state().isJoined());
        assertEquals(
                List.of(new Sent(ZERO, new Hello(true, ids(0, 1))), new Sent(id(1), new Hello(true, ids(0, 1)))),
                joiner.takeSent());
    }

    @Test
    void whoIsNotAnsweredLooksForItsPlaceAgain() {
        EmbeddedNode<SkipNet> joiner = started(id(2), "none").call("join", ZERO).deliver(id(1), new Found(ids(1)));
        joiner.takeSent();
        joiner.fire("join");
        assertEquals(Phase.JOINING, joiner.state().phase);
        assertEquals(List.of(new Sent(ZERO, new SkipNet.Find(id(2)))), joiner.takeSent());
    }

    @Test
    void whoLeavesTellsItsNeighboursAndIsRefusedNothing() {
        EmbeddedNode<SkipNet> node = joined(id(2), 1, 4).call("leave");
        assertEquals(List.of(new Sent(id(1), new Out()), new Sent(id(4), new Out())), node.takeSent());
        assertEquals(
                List.of(new Sent(id(1), new Out())),
                node.deliver(id(1), new Hello(true, ids())).takeSent());
        node.call("join", id(1));
        assertEquals(List.of(new Sent(id(1), new SkipNet.Find(id(2)))), node.takeSent());
    }

    // Neighbours

    @Test
    void whoIsToldOfANodeAsksItAndTakesItWhenItAnswers() {
        EmbeddedNode<SkipNet> node = joined(ZERO, 1);
        node.deliver(id(1), new Welcome(ids(2, 5)));
        assertEquals(ids(1), node.state().rings.members());
        Hello hello = new Hello(true, ids(1));
        assertEquals(List.of(new Sent(id(2), hello), new Sent(id(5), hello)), node.takeSent());
        node.deliver(id(1), new Welcome(ids(2, 5)));
        assertEquals(List.of(), node.takeSent(), "they are asked already");
        node.deliver(id(2), new Welcome(ids()));
        assertEquals(ids(1, 2), node.state().rings.members());
    }

    @Test
    void whoIsLostIsLookedForNowAndThen() {
        EmbeddedNode<SkipNet> node = ofEight().connectionError(id(1)).deliver(id(7), new Out());
        assertEquals(ids(2, 4, 6), node.state().rings.members());
        node.fire("join");
        assertEquals(List.of(new Sent(id(7), new SkipNet.Find(ZERO))), node.takeSent());
        node.fire("join");
        assertEquals(List.of(new Sent(id(1), new SkipNet.Find(ZERO))), node.takeSent());
        EmbeddedNode<SkipNet> careless = joined(ZERO, "SN-1", 1).connectionError(id(1));
        assertEquals(List.of(), careless.fire("join").sent());
    }

    @Test
    void oneNeighbourOfEachRingIsAskedAndOneRingMended() {
        EmbeddedNode<SkipNet> node = ofEight().fire("exchange");
        Hello hello = new Hello(true, ids(1, 2, 4, 6, 7));
        assertEquals(
                List.of(
                        new Sent(id(7), hello),
                        new Sent(id(6), hello),
                        new Sent(id(4), hello),
                        new Sent(id(2), new Seek(ZERO, 2))),
                node.takeSent());
    }

    @Test
    void whoComesNextInAHigherRingIsMetOnTheWayAlongTheOneBelow() {
        // 4 is in the ring of level 2 with 0, 2 and 6 are in that of level 1 only.
        Seek seek = new Seek(ZERO, 2);
        assertEquals(
                List.of(new Sent(id(4), seek)),
                joined(id(2), 1, 3, 4, 6).deliver(ZERO, seek).sent());
        EmbeddedNode<SkipNet> found = joined(id(4), 3, 5, 6).deliver(id(2), seek);
        assertEquals(List.of(new Sent(ZERO, new Hello(true, ids(3, 5, 6)))), found.sent());
        assertEquals(List.of(), joined(id(6), 5, 7, 2).deliver(id(4), seek).sent(), "2 lies past the node that asks");
    }

    // Routing

    @Test
    void aMessageToANameTakesTheLongestStepThatDoesNotLeadPastIt() {
        Visit up = new Visit(ZERO, id(5));
        assertEquals(
                List.of(new Sent(id(4), up)), ofEight().call("visit", id(5)).sent());
        Visit down = new Visit(id(7), id(1));
        assertEquals(
                List.of(new Sent(id(3), down)),
                joined(id(7), 0, 3, 5, 6).call("visit", id(1)).sent());
        EmbeddedNode<SkipNet> last = joined(id(4), 3, 6).deliver(ZERO, up);
        assertEquals(List.of(), last.sent(), "nobody is nearer on this side");
        assertEquals(Optional.of(up), last.state().lastVisit);
    }

    @Test
    void whoIsPastANameIsSeen() {
        for (String bug : List.of("none", "SN-2")) {
            EmbeddedNode<SkipNet> node = joined(ZERO, bug, 4).call("visit", id(1));
            assertEquals(
                    bug.equals("none") ? List.of() : List.of(id(4)),
                    node.sent().stream().map(Sent::to).toList());
        }
        SkipNet past = joined(id(4)).deliver(ZERO, new Visit(ZERO, id(1))).state();
        assertFalse(SkipNet.visitsStayAmongThoseWithTheirPrefix(past, id(4)));
        SkipNet between = joined(id(4)).deliver(ZERO, new Visit(ZERO, id(5))).state();
        assertTrue(SkipNet.visitsStayAmongThoseWithTheirPrefix(between, id(4)));
    }

    /** The key of 12 begins as 4's does, and 4's as 0's. */
    @Test
    void aMessageToAKeyClimbsToANodeThatSharesMoreOfItsBits() {
        long key = Long.reverse(12);
        EmbeddedNode<Stack> node = withLookups().deliver(id(2), new Route(key, FIND, id(2), id(2), false));
        assertEquals(List.of(new Sent(id(4), new Route(key, FIND, id(4), id(4), false))), node.takeSent());
        long odd = Long.reverse(3);
        node.deliver(ZERO, new Route(odd, FIND, ZERO, ZERO, false));
        assertEquals(List.of(new Sent(id(7), new Route(odd, FIND, id(7), id(7), false))), node.takeSent());
        assertEquals(List.of(id(7), id(1)), node.decisions().get(0).alternatives());
    }

    @Test
    void whereNobodyIsHigherItGoesAroundTheRingAndThenToTheClosestThatItHasMet() {
        // Nobody else begins with 01, as 2 and 6 do, that 0 knows of: it knows all of the ring of level 2.
        long key = Long.reverse(8);
        Route route = new Route(key, FIND, ZERO, ZERO, false);
        EmbeddedNode<Stack> root = withLookups().deliver(ZERO, route);
        assertEquals(List.of(new Sent(id(9), new RandomLookups.Found(1))), root.takeSent());

        EmbeddedNode<SkipNet> two = joined(id(2), 3, 0, 6);
        long beyond = Long.reverse(1 + 4);
        Route around = new Route(beyond, FIND, id(7), id(7), false);
        assertTrue(two.state().climbs(new Route(beyond, FIND, id(2), id(2), false)), "3 shares a bit with it");
        assertFalse(two.state().climbs(around), "7 shares as many as anybody here");
    }

    @Test
    void inARingThatIsTooLargeToBeKnownItGoesOnToTheFarthestNeighbourAndIsLastOnceItIsAround() {
        EmbeddedNode<Stack> node = withLookups();
        // All others are odd or unknown; the key would be in the upper half, of which 0 knows nobody.
        node.with(stack -> {
            SkipNet skipNet = stack.layer(SkipNet.class);
            skipNet.become(ZERO);
            ids(2, 4, 6).forEach(other -> skipNet.rings = skipNet.rings.with(other));
        });
        long key = Long.reverse(1);
        node.deliver(ZERO, new Route(key, FIND, ZERO, ZERO, false));
        assertEquals(List.of(new Sent(id(2), new Route(key, FIND, ZERO, ZERO, false))), node.takeSent());
        node.deliver(id(6), new Route(key, FIND, id(1), id(4), false));
        assertEquals(List.of(new Sent(id(9), new RandomLookups.Found(1))), node.takeSent(), "it is the closest itself");
        node.deliver(id(6), new Route(key, FIND, id(2), id(8), true));
        assertEquals(
                List.of(new Sent(id(9), new RandomLookups.Found(1))), node.takeSent(), "once around that is the last");
    }

    @Test
    void aNodeWithoutNeighboursIsRefused() {
        Duration second = Duration.ofSeconds(1);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new SkipNet("none", true, 0, second, second, second));
        assertTrue(refused.getMessage().contains("FS540"), refused::getMessage);
    }
}
