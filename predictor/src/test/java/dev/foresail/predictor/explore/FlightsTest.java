package dev.foresail.predictor.explore;

import static dev.foresail.predictor.explore.Messages.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.foresail.predictor.model.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlightsTest {
    private final Message oneA = Messages.message(0, "1a");
    private final Message oneB = Messages.message(1, "1b");
    private final Message twoA = Messages.message(2, "2a");
    private final Message looseOneA = Messages.loose(3, "1a");
    private final Message looseOneB = Messages.loose(4, "1b");
    private final Message looseTwoA = Messages.loose(5, "2a");

    @Test
    void anOrderedNetworkKeepsEachSendersOrderAndDeliversItsFirst() {
        Flights flights = new Flights(Network.ORDERED);
        Message[] messages = flights.arrived(new Message[0], List.of(twoA, oneB, oneA, twoA, oneB));
        assertEquals("1b 1a 1b 2a 2a", text(messages));
        assertArrayEquals(new int[] {0, 3}, flights.deliverable(messages));
        assertEquals("1a 1b 2a 2a", text(flights.delivered(messages, 0)));
        assertEquals("1b 1a 1b 2a", text(flights.delivered(messages, 3)));
        assertEquals("2a 2a", text(flights.withoutSender(messages, 1)));
    }

    @Test
    void datagramsStandBehindTheirSendersConnectionAndAnyMayBeTheNext() {
        Flights flights = new Flights(Network.ORDERED);
        Message[] messages =
                flights.arrived(new Message[0], List.of(looseOneB, looseTwoA, oneB, looseOneA, oneA, looseOneA, twoA));
        assertEquals("1b 1a 1a 1a 1b 2a 2a", text(messages));
        assertArrayEquals(new boolean[] {true, true, false, false, false, true, false}, inOrder(messages));
        assertArrayEquals(new int[] {0, 2, 4, 5, 6}, flights.deliverable(messages));
        assertEquals("1a 1a 1b 2a 2a", text(flights.withoutSender(messages, 1)), "a break leaves datagrams");
        assertEquals("1a 1a 1b 2a", text(flights.withoutConnections(messages)));
    }

    private static boolean[] inOrder(Message[] messages) {
        boolean[] inOrder = new boolean[messages.length];
        for (int place = 0; place < messages.length; place++) {
            inOrder[place] = messages[place].isInOrder();
        }
        return inOrder;
    }

    @Test
    void anUnorderedNetworkDeliversEachDifferentMessageOnceAndKeepsHowMany() {
        Flights flights = new Flights(Network.UNORDERED);
        Message[] messages = flights.arrived(new Message[0], List.of(looseTwoA, looseOneB, looseOneA, looseOneB));
        assertEquals("1a 1b 1b 2a", text(messages), "the order of sending is forgotten");
        assertArrayEquals(new int[] {0, 1, 3}, flights.deliverable(messages));
        assertEquals("1a 1b 2a", text(flights.delivered(messages, 1)));
    }

    @Test
    void aDuplicatingNetworkKeepsWhatItDeliversAndHasEachMessageOnce() {
        Flights flights = new Flights(Network.DUPLICATING);
        Message[] messages = flights.arrived(new Message[0], List.of(looseTwoA, looseOneB, looseOneA, looseOneB));
        assertEquals("1a 1b 2a", text(messages));
        assertEquals("1a 1b 2a", text(flights.arrived(messages, List.of(looseOneA, looseTwoA))));
        assertArrayEquals(new int[] {0, 1, 2}, flights.deliverable(messages));
        assertSame(messages, flights.delivered(messages, 1));
        assertEquals("1a 2a", text(flights.without(messages, 1)), "lost is lost");
    }

    @Test
    void nothingInFlightIsNothingToDeliver() {
        for (Network network : Network.values()) {
            assertEquals(0, new Flights(network).deliverable(new Message[0]).length);
            assertEquals("1a", text(new Flights(network).arrived(new Message[0], List.of(oneA))));
        }
    }
}
