package dev.foresail.eval.recursiveroute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.stack.Machines;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.eval.recursiveroute.Dispatches.Dispatch;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Busy;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Delivered;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Hop;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Outdated;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Ready;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Stuck;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Taken;
import dev.foresail.eval.recursiveroute.RecursiveRoute.Undeliverable;
import dev.foresail.eval.routing.RouteFailure;
import dev.foresail.predictor.transport.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One node in a ring of five, by what it sends. */
final class RecursiveRouteTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final NodeId FIVE = NodeId.of(5);
    private static final Start FIRST = new Start(1, 0);
    private static final Ticket FROM_FIVE = new Ticket(FIVE, FIRST, 1);

    private static StackMachine machine() {
        return (StackMachine) Machines.of(RecursiveRouteTest.class.getClassLoader())
                .matches("dispatches/recursive-route/static-ring")
                .get(0);
    }

    private static EmbeddedNode<Stack> node(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("members", "5");
        return EmbeddedNode.of(machine(), ONE, all).start();
    }

    private static RecursiveRoute route(EmbeddedNode<Stack> node) {
        return node.state().layer(RecursiveRoute.class);
    }

    private static Map<Integer, String> outcomes(EmbeddedNode<Stack> node) {
        return node.state().layer(Dispatches.class).outcomes;
    }

    /** What goes to others, after the overlay has got what the node sends itself. */
    private static List<Sent> sent(EmbeddedNode<Stack> node) {
        return sent(node, ONE);
    }

    private static List<Sent> sent(EmbeddedNode<Stack> node, NodeId self) {
        List<Sent> others = new ArrayList<>();
        for (List<Sent> now = node.takeSent(); !now.isEmpty(); now = node.takeSent()) {
            for (Sent each : now) {
                if (each.to().equals(self)) {
                    node.deliver(self, each.message());
                } else {
                    others.add(each);
                }
            }
        }
        return others;
    }

    private static Ticket own(long number) {
        return new Ticket(ONE, FIRST, number);
    }

    /** With ten seconds left. */
    private static Hop hop(Ticket ticket, long key, int hops) {
        return hop(ticket, key, hops, 100);
    }

    private static Hop hop(Ticket ticket, long key, int hops, int ticksLeft) {
        long starts = ticket.start().number();
        return new Hop(ticket, starts, 1, key, new Dispatch((int) ticket.number(), 0), hops, ticksLeft);
    }

    private static void ticks(EmbeddedNode<Stack> node, int count) {
        for (int tick = 0; tick < count; tick++) {
            node.fire("tick");
        }
    }

    @Test
    void aNodeHandsOnAndAcknowledgesOnceItIsInItsOwnLine() {
        EmbeddedNode<Stack> node = node(Map.of());
        node.deliver(FIVE, hop(FROM_FIVE, 4, 1));
        assertEquals(1, route(node).holding());
        assertEquals(List.of(new Sent(FIVE, new Taken(FROM_FIVE)), new Sent(TWO, hop(FROM_FIVE, 4, 2))), sent(node));
        node.deliver(TWO, new Taken(FROM_FIVE));
        assertEquals(0, route(node).holding());
        assertEquals(Map.of(), node.timers(), "nothing to wait for");
    }

    @Test
    void theOriginHearsOneOutcome() {
        EmbeddedNode<Stack> node = node(Map.of()).call("dispatch", 4L);
        assertEquals(List.of(new Sent(TWO, hop(own(1), 4, 1, 101))), sent(node));
        node.deliver(TWO, new Taken(own(1)));
        assertEquals(Map.of(), outcomes(node));
        node.deliver(NodeId.of(4), new Delivered(own(1)));
        node.deliver(TWO, new Undeliverable(own(1), RouteFailure.HOP_FAILED));
        assertEquals(Map.of(1, "delivered"), outcomes(node));
        assertFalse(node.state().layer(Dispatches.class).toldTwice);
        assertEquals(Map.of(), node.timers());
    }

    @Test
    void theRootDeliversOnceAndSaysSoAsOftenAsItIsAsked() {
        EmbeddedNode<Stack> node = node(Map.of());
        List<Sent> answers = List.of(new Sent(FIVE, new Taken(FROM_FIVE)), new Sent(FIVE, new Delivered(FROM_FIVE)));
        assertEquals(answers, sent(node.deliver(FIVE, hop(FROM_FIVE, 1, 1))));
        assertEquals(answers, sent(node.deliver(FIVE, hop(FROM_FIVE, 1, 3))));
        assertEquals(1, node.state().layer(Dispatches.class).deliveries());
        // The origin waits for the second one alone, and has begun anew then.
        Ticket second = new Ticket(FIVE, FIRST, 2);
        sent(node.deliver(FIVE, new Hop(second, 1, 2, 1, new Dispatch(2, 0), 1, 100)));
        assertEquals(
                List.of(new Sent(FIVE, new Taken(FROM_FIVE))),
                sent(node.deliver(FIVE, hop(FROM_FIVE, 1, 1))),
                "its outcome is known there");
        Ticket anew = new Ticket(FIVE, new Start(2, 9), 1);
        sent(node.deliver(FIVE, new Hop(anew, 2, 1, 1, new Dispatch(3, 0), 1, 100)));
        assertEquals(3, node.state().layer(Dispatches.class).deliveries());
        assertEquals(new TreeSet<>(List.of(1L)), route(node).seen.get(FIVE).numbers());
    }

    @Test
    void anotherNextHopIsTriedWhenOneBreaks() {
        EmbeddedNode<Stack> node = node(Map.of());
        sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1)));
        node.connectionError(TWO);
        assertEquals(List.of(new Sent(THREE, hop(FROM_FIVE, 4, 2))), sent(node));
        assertEquals(1, node.state().layer(Dispatches.class).failedHops());
    }

    @Test
    void whereTheOverlayNamesTheSameHopAgainItIsTriedAfterAPauseAndNotForEver() {
        EmbeddedNode<Stack> node = node(Map.of("hopTimeout", "100ms", "attempts", "2"));
        sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1)));
        ticks(node, 2);
        assertEquals(
                List.of(), sent(node), "two ticks are the time for an acknowledgement, and the first may be short");
        ticks(node, 2);
        assertEquals(List.of(new Sent(TWO, hop(FROM_FIVE, 4, 2, 96))), sent(node));
        ticks(node, 2);
        assertEquals(List.of(new Sent(FIVE, new Undeliverable(FROM_FIVE, RouteFailure.HOP_FAILED))), sent(node));
        assertEquals(0, route(node).holding());
    }

    @Test
    void whoKnowsNoNextHopSaysSoUpstream() {
        EmbeddedNode<Stack> node = node(Map.of("hopTimeout", "100ms"));
        node.connectionError(TWO).connectionError(THREE);
        sent(node.deliver(FIVE, hop(FROM_FIVE, 3, 1)));
        ticks(node, 2);
        assertEquals(List.of(new Sent(FIVE, new Stuck(FROM_FIVE))), sent(node));
    }

    /** Both waited equally long, so that the one before had given up already. */
    @Test
    void thatThereIsNoNextHopIsHeardUpstreamBeforeItHasWaitedTooLong() {
        EmbeddedNode<Stack> origin = node(Map.of()).call("dispatch", 3L);
        EmbeddedNode<Stack> next =
                EmbeddedNode.of(machine(), TWO, Map.of("members", "5")).start().connectionError(THREE);
        sent(origin).forEach(each -> next.deliver(ONE, each.message()));
        assertEquals(List.of(), sent(next, TWO));
        ticks(origin, 6);
        ticks(next, 6);
        assertEquals(0, origin.state().layer(Dispatches.class).failedHops());
        assertEquals(List.of(new Sent(ONE, new Stuck(own(1)))), sent(next, TWO));
        origin.deliver(TWO, new Stuck(own(1)));
        assertEquals(1, origin.state().layer(Dispatches.class).failedHops());
    }

    @Test
    void theOriginThatKnowsNoNextHopHearsOfIt() {
        EmbeddedNode<Stack> node = node(Map.of("hopTimeout", "100ms", "attempts", "2"));
        node.connectionError(TWO).call("dispatch", 2L);
        for (int tick = 0; tick < 6; tick++) {
            sent(node);
            node.fire("tick");
        }
        assertEquals(Map.of(1, "NO_NEXT_HOP"), outcomes(node));
    }

    @Test
    void whatRunsInACircleEnds() {
        EmbeddedNode<Stack> node = node(Map.of());
        assertEquals(
                List.of(
                        new Sent(FIVE, new Taken(FROM_FIVE)),
                        new Sent(FIVE, new Undeliverable(FROM_FIVE, RouteFailure.TOO_MANY_HOPS))),
                sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 65))));
    }

    @Test
    void whatHasNoOutcomeExpires() {
        EmbeddedNode<Stack> node = node(Map.of("hopTimeout", "100ms", "deadline", "300ms"));
        sent(node.call("dispatch", 4L));
        node.deliver(TWO, new Taken(own(1)));
        ticks(node, 3);
        assertEquals(Map.of(), outcomes(node));
        ticks(node, 1);
        assertEquals(Map.of(1, "EXPIRED"), outcomes(node));
        assertEquals(Map.of(), node.timers());
    }

    @Test
    void aFullLineRefusesAndCallsWhenItHasRoom() {
        EmbeddedNode<Stack> node = node(Map.of("window", "1"));
        Ticket second = new Ticket(FIVE, FIRST, 2);
        sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1)));
        assertEquals(List.of(new Sent(FIVE, new Busy(second))), sent(node.deliver(FIVE, hop(second, 4, 1))));
        assertEquals(1, route(node).holding());
        assertEquals(List.of(new Sent(FIVE, new Ready(second))), sent(node.deliver(TWO, new Taken(FROM_FIVE))));
        assertEquals(
                List.of(new Sent(FIVE, new Taken(second)), new Sent(TWO, hop(second, 4, 2))),
                sent(node.deliver(FIVE, hop(second, 4, 1))));
    }

    /** With lines to others that have room. */
    @Test
    void aFullQueueRefusesAndCallsWhenItHasRoom() {
        EmbeddedNode<Stack> node = node(Map.of("queue", "1"));
        Ticket second = new Ticket(FIVE, FIRST, 2);
        sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1)));
        assertEquals(List.of(new Sent(FIVE, new Busy(second))), sent(node.deliver(FIVE, hop(second, 1, 1))));
        assertEquals(List.of(new Sent(FIVE, new Ready(second))), sent(node.deliver(TWO, new Taken(FROM_FIVE))));
    }

    @Test
    void whoIsRefusedHoldsTheMessageUntilItIsCalled() {
        EmbeddedNode<Stack> node = node(Map.of());
        sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1)));
        node.deliver(TWO, new Busy(FROM_FIVE));
        ticks(node, 10);
        assertEquals(List.of(), sent(node));
        node.deliver(TWO, new Ready(FROM_FIVE));
        assertEquals(List.of(new Sent(TWO, hop(FROM_FIVE, 4, 2, 90))), sent(node));
        node.deliver(TWO, new Busy(FROM_FIVE));
        ticks(node, 11);
        assertEquals(List.of(new Sent(TWO, hop(FROM_FIVE, 4, 2, 79))), sent(node), "or after a pause");
    }

    /** So that lines to a slow node have room for what is not for that node. */
    @Test
    void ofALineNoMoreThanHalfWaits() {
        EmbeddedNode<Stack> node = node(Map.of("window", "2"));
        Ticket second = new Ticket(FIVE, FIRST, 2);
        sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1)).deliver(FIVE, hop(second, 4, 1)));
        assertEquals(List.of(), sent(node.deliver(TWO, new Busy(FROM_FIVE))));
        assertEquals(
                List.of(new Sent(FIVE, new Undeliverable(second, RouteFailure.REFUSED))),
                sent(node.deliver(TWO, new Busy(second))));
    }

    @Test
    void whatComesBackRefusedWaitsAtItsOriginLongerEachTimeAndEndsRefused() {
        EmbeddedNode<Stack> node = node(Map.of("hopTimeout", "100ms", "deadline", "600ms"));
        sent(node.call("dispatch", 4L));
        node.deliver(TWO, new Taken(own(1)));
        for (int pause = 1; pause <= 2; pause++) {
            node.deliver(THREE, new Undeliverable(own(1), RouteFailure.REFUSED));
            ticks(node, pause);
            assertEquals(TWO, sent(node).get(0).to());
            node.deliver(TWO, new Taken(own(1)));
        }
        node.deliver(THREE, new Undeliverable(own(1), RouteFailure.REFUSED));
        assertEquals(Map.of(), outcomes(node));
        ticks(node, 4);
        assertEquals(Map.of(1, "REFUSED"), outcomes(node));
        assertEquals(0, route(node).holding());
    }

    @Test
    void theOriginHasRoomForAWindowOfEachKeyAndSaysWhenThereIsMore() {
        EmbeddedNode<Stack> node = node(Map.of("window", "2", "queue", "3"));
        sent(node.call("dispatchAll", 4L, 3));
        Dispatches dispatches = node.state().layer(Dispatches.class);
        assertEquals(List.of(2, 1), List.of(dispatches.sent(), dispatches.turnedAway()));
        sent(node.call("dispatch", 3L).call("dispatch", 2L));
        dispatches = node.state().layer(Dispatches.class);
        assertEquals(List.of(3, 2), List.of(dispatches.sent(), dispatches.turnedAway()), "the queue is full");
        node.deliver(NodeId.of(4), new Delivered(own(2)));
        assertEquals(4, node.state().layer(Dispatches.class).sent(), "the third one to 4");
        assertTrue(sent(node).stream()
                .anyMatch(each ->
                        each.message() instanceof Hop hop && hop.ticket().number() == 4));
    }

    @Test
    void aRootWithoutRoomCallsForAsManyAsItTakes() {
        EmbeddedNode<Stack> node = node(Map.of("work", "50ms", "room", "1"));
        List<Ticket> tickets = LongStream.rangeClosed(1, 3)
                .mapToObj(number -> new Ticket(FIVE, FIRST, number))
                .toList();
        tickets.forEach(ticket -> node.deliver(FIVE, hop(ticket, 1, 1)));
        assertEquals(
                List.of(
                        new Sent(FIVE, new Taken(tickets.get(0))),
                        new Sent(FIVE, new Delivered(tickets.get(0))),
                        new Sent(FIVE, new Busy(tickets.get(1))),
                        new Sent(FIVE, new Busy(tickets.get(2)))),
                sent(node));
        assertEquals(List.of(new Sent(FIVE, new Ready(tickets.get(1)))), sent(node.fire("work")));
    }

    /** The acknowledgement of a message that has come in a circle would be the word that this node has got rid of it. */
    @Test
    void whatComesBackFromTheNextHopIsNotTaken() {
        EmbeddedNode<Stack> node = node(Map.of());
        sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1)));
        assertEquals(List.of(new Sent(TWO, new Stuck(FROM_FIVE))), sent(node.deliver(TWO, hop(FROM_FIVE, 4, 3))));
        assertEquals(1, route(node).holding());
    }

    /** When the next hop acknowledges it after that, this node has got rid of it, and so would the other one have. */
    @Test
    void whatComesRoundOverThreeNodesIsNotTakenAndASecondTryIs() {
        EmbeddedNode<Stack> node = node(Map.of());
        sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1)));
        assertEquals(List.of(new Sent(THREE, new Stuck(FROM_FIVE))), sent(node.deliver(THREE, hop(FROM_FIVE, 4, 4))));
        assertEquals(List.of(new Sent(FIVE, new Taken(FROM_FIVE))), sent(node.deliver(FIVE, hop(FROM_FIVE, 4, 1))));
        node.deliver(TWO, new Taken(FROM_FIVE));
        assertEquals(0, route(node).holding());
    }

    @Test
    void anOriginThatHasLostItsDiskIsToldWhatIsKnownOfItAndThenHeard() {
        EmbeddedNode<Stack> node = node(Map.of());
        Dispatch dispatch = new Dispatch(1, 0);
        sent(node.deliver(FIVE, new Hop(new Ticket(FIVE, new Start(2, 5), 1), 2, 1, 1, dispatch, 1, 100)));
        Ticket anew = new Ticket(FIVE, new Start(1, 9), 1);
        assertEquals(
                List.of(new Sent(FIVE, new Taken(anew)), new Sent(FIVE, new Outdated(anew, 2))),
                sent(node.deliver(FIVE, hop(anew, 1, 1))));
        assertEquals(1, node.state().layer(Dispatches.class).deliveries());
        List<Sent> heard = List.of(new Sent(FIVE, new Taken(anew)), new Sent(FIVE, new Delivered(anew)));
        Hop later = new Hop(anew, 3, 1, 1, new Dispatch(1, 9), 1, 100);
        assertEquals(heard, sent(node.deliver(FIVE, later)));
        assertEquals(heard, sent(node.deliver(FIVE, hop(anew, 1, 1))), "which was under way before");
        assertEquals(2, node.state().layer(Dispatches.class).deliveries());
        Ticket late = new Ticket(FIVE, new Start(2, 5), 2);
        assertEquals(
                List.of(new Sent(FIVE, new Taken(late)), new Sent(FIVE, new Outdated(late, 3))),
                sent(node.deliver(FIVE, hop(late, 1, 1))),
                "of the life before");
    }

    @Test
    void whoHearsThatItIsOutdatedGoesOnAsALaterOneAndSendsAgain() {
        EmbeddedNode<Stack> node = node(Map.of());
        sent(node.call("dispatch", 4L));
        node.deliver(TWO, new Taken(own(1)));
        sent(node.deliver(NodeId.of(4), new Outdated(own(7), 4)));
        assertEquals(1, route(node).starts, "of no message that has no outcome");
        Hop again = new Hop(own(1), 6, 1, 4, new Dispatch(1, 0), 1, 101);
        assertEquals(List.of(new Sent(TWO, again)), sent(node.deliver(NodeId.of(4), new Outdated(own(1), 5))));
        node.restart();
        assertEquals(7, route(node).start.number());
    }

    private static List<Ticket> refusedButForTheFirst(EmbeddedNode<Stack> node, int messages) {
        List<Ticket> tickets = LongStream.rangeClosed(1, messages)
                .mapToObj(number -> new Ticket(FIVE, FIRST, number))
                .toList();
        tickets.forEach(ticket -> sent(node.deliver(FIVE, hop(ticket, 1, 1))));
        return tickets;
    }

    @Test
    void whatHasComeInByItselfIsNotCalledForAnyMore() {
        EmbeddedNode<Stack> node = node(Map.of("work", "50ms", "room", "1"));
        List<Ticket> tickets = refusedButForTheFirst(node, 4);
        assertEquals(List.of(new Sent(FIVE, new Ready(tickets.get(1)))), sent(node.fire("work")));
        sent(node.deliver(FIVE, hop(tickets.get(2), 1, 1)));
        assertEquals(2, node.state().layer(Dispatches.class).deliveries());
        assertEquals(List.of(new Sent(FIVE, new Ready(tickets.get(3)))), sent(node.fire("work")));
    }

    @Test
    void whoIsRefusedAgainKeepsItsTurn() {
        EmbeddedNode<Stack> node = node(Map.of("work", "50ms", "room", "1"));
        List<Ticket> tickets = refusedButForTheFirst(node, 3);
        sent(node.deliver(FIVE, hop(tickets.get(1), 1, 1)));
        assertEquals(List.of(new Sent(FIVE, new Ready(tickets.get(1)))), sent(node.fire("work")));
    }

    @Test
    void whoHasWaitedLongestIsNotForgottenForOthers() {
        EmbeddedNode<Stack> node = node(Map.of("work", "50ms", "room", "1", "queue", "1"));
        List<Ticket> tickets = refusedButForTheFirst(node, 3);
        assertEquals(List.of(new Sent(FIVE, new Ready(tickets.get(1)))), sent(node.fire("work")));
    }

    @Test
    void outcomesOfAnEarlierLifeAreNoneOfThisOnes() {
        EmbeddedNode<Stack> node = node(Map.of());
        sent(node.call("dispatch", 4L));
        node.restart().call("dispatch", 4L);
        node.deliver(NodeId.of(4), new Delivered(own(1)));
        assertEquals(Map.of(), outcomes(node));
        assertEquals(1, route(node).open());
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        StackMachine machine = machine();
        for (Map<String, String> wrong : List.of(
                Map.of("tick", "0s"),
                Map.of("hopTimeout", "50ms"),
                Map.of("deadline", "500ms"),
                Map.of("deadline", "30h"),
                Map.of("attempts", "0"),
                Map.of("window", "1025"),
                Map.of("queue", "0"))) {
            List<Object> values = ParameterValues.read(machine.parameters(), new TreeMap<>(wrong));
            String refusal = assertThrows(IllegalArgumentException.class, () -> machine.create(values))
                    .toString();
            assertTrue(refusal.contains("[FS550]"), refusal);
        }
    }

    @Test
    void nobodyTakesLessThanNothing() {
        assertEquals(0, Limits.checkResumed(0));
        String refusal = assertThrows(IllegalArgumentException.class, () -> Limits.checkResumed(-1))
                .toString();
        assertTrue(refusal.contains("[FS550]"), refusal);
    }
}
