package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages are texts here, of which those are ready that the test says. */
class DeferredMessagesTest {
    private final Set<Object> ready = new TreeSet<>();
    private final List<PendingEvent> arrived = new ArrayList<>();
    private Runnable handling = () -> {};
    private boolean held;
    private final DeferredMessages deferred = new DeferredMessages(this::nextReady, () -> held, pending -> {
        arrived.add(pending);
        handling.run();
    });

    private OptionalInt nextReady(List<Event.Delivery> messages) {
        return IntStream.range(0, messages.size())
                .filter(place -> ready.contains(messages.get(place).message()))
                .findFirst();
    }

    private void defer(String... messages) {
        for (String message : messages) {
            deferred.defer(new Event.Delivery(NodeId.of(2), message));
        }
    }

    private static List<Object> texts(List<Event.Delivery> messages) {
        return messages.stream().map(Event.Delivery::message).toList();
    }

    private List<Object> arrivals() {
        return texts(
                arrived.stream().map(pending -> (Event.Delivery) pending.event).toList());
    }

    @Test
    void thoseThatAreReadyAreTriedInTheOrderTheyCameAndTheOthersWait() {
        defer("a", "b", "c");
        deferred.retry();
        assertEquals(List.of(), arrivals(), "none is ready");
        ready.addAll(List.of("c", "b"));
        deferred.retry();
        assertEquals(List.of("b", "c"), arrivals());
        assertFalse(arrived.get(0).isCounted(), "it was counted when it came");
        arrived.forEach(deferred::completed);
        assertEquals(List.of("a"), texts(deferred.notHandled()));
    }

    @Test
    void whatAHandlerMakesReadyIsTriedAfterItAndNotWithinIt() {
        defer("a", "b");
        ready.add("b");
        List<Integer> within = new ArrayList<>();
        handling = () -> {
            ready.add("a");
            deferred.retry();
            within.add(arrived.size());
        };
        deferred.retry();
        assertEquals(List.of("b", "a"), arrivals());
        assertEquals(List.of(1, 2), within);
    }

    @Test
    void whileOneIsParkedTheOthersAreHeldAndNoneIsForgotten() {
        defer("a", "b");
        ready.addAll(List.of("a", "b"));
        handling = () -> held = true;
        deferred.retry();
        assertEquals(List.of("a"), arrivals());
        assertEquals(List.of("a", "b"), texts(deferred.notHandled()));
        PendingEvent parked = arrived.get(0);
        assertTrue(deferred.isRetried(parked));
        assertEquals(
                List.of("b"),
                deferred.without(parked, () -> texts(deferred.notHandled())),
                "about to be handled, it is not deferred any more");
        assertEquals(List.of("a", "b"), texts(deferred.notHandled()));
        held = false;
        deferred.completed(parked);
        assertFalse(deferred.isRetried(parked));
        deferred.retry();
        assertEquals(List.of("a", "b"), arrivals());
    }

    @Test
    void aHandlerThatThrowsDoesNotEndTheTrying() {
        defer("a", "b");
        ready.addAll(List.of("a", "b"));
        handling = () -> {
            throw new IllegalStateException();
        };
        assertThrows(IllegalStateException.class, deferred::retry);
        handling = () -> {};
        deferred.retry();
        assertEquals(List.of("a", "b"), arrivals());
    }
}
