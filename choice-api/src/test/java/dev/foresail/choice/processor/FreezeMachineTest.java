package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.sample.Basket;
import dev.foresail.choice.sample.BasketMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Messages and arguments as they go on their way: nobody can change them. */
class FreezeMachineTest {
    private static final NodeId OWNER = NodeId.of(3);
    private static final Basket.Fruit PLUM = new Basket.Fruit("plum", Optional.of(Basket.Ripeness.RED));

    private final Machine<Basket> machine = new BasketMachine();

    /** Everything that a sender may still hold of a message. */
    private static final class Held {
        final List<Integer> list = new ArrayList<>(List.of(3, 1, 2));
        final List<Basket.Fruit> inner = new ArrayList<>(List.of(PLUM));
        final List<List<Basket.Fruit>> lists = new ArrayList<>(List.of(inner));
        final SortedSet<String> set = new TreeSet<>(List.of("b", "a"));
        final List<Integer> owned = new ArrayList<>(List.of(9));
        final SortedMap<NodeId, List<Integer>> map = new TreeMap<>(Collections.singletonMap(OWNER, owned));
        final SortedMap<String, Integer> plain = new TreeMap<>(Collections.singletonMap("one", 1));
        final SortedSet<Integer> boxed = new TreeSet<>(List.of(5));
        final List<Integer> maybe = new ArrayList<>(List.of(6));
        final List<Basket.Wish> wishes = new ArrayList<>(List.of(new Basket.Nothing(Duration.ofMillis(1))));
        final List<Basket.Fruit> counted = new ArrayList<>(List.of(PLUM));

        Basket.Full message() {
            return new Basket.Full(
                    list,
                    lists,
                    set,
                    map,
                    plain,
                    new Basket.Box(boxed),
                    Optional.of(maybe),
                    new Basket.AllOf(wishes, new Basket.Pair<>(1, counted)));
        }

        void clear() {
            List.<Collection<?>>of(list, inner, lists, set, owned, boxed, maybe, wishes, counted)
                    .forEach(Collection::clear);
            map.clear();
            plain.clear();
        }
    }

    private Object throughTheWire(Object message) {
        StateWriter out = new StateWriter();
        machine.writeMessage(message, out);
        return machine.readMessage(new StateReader(out.toByteArray()));
    }

    private static void assertUnchangeable(Basket.Full message) {
        Basket.AllOf all = (Basket.AllOf) message.wish();
        List<Collection<?>> parts = List.of(
                message.list(),
                message.lists(),
                message.lists().get(0),
                message.set(),
                message.set().tailSet(""),
                message.map().keySet(),
                message.map().get(OWNER),
                message.plain().values(),
                message.box().numbers(),
                message.maybe().orElseThrow(),
                all.wishes(),
                all.counted().second());
        for (Collection<?> part : parts) {
            assertThrows(UnsupportedOperationException.class, part::clear, part.toString());
        }
        assertThrows(UnsupportedOperationException.class, () -> message.map().put(OWNER, List.of()));
        assertThrows(UnsupportedOperationException.class, () -> message.plain().clear());
    }

    @Test
    void whatTheSenderChangesLaterDoesNotReachTheMessage() {
        Held held = new Held();
        Object before = throughTheWire(held.message());

        Object frozen = machine.freeze(held.message());
        held.clear();

        assertEquals(before, frozen);
    }

    @Test
    void nobodyCanChangeWhatWasFrozenNorWhatWasRead() {
        assertUnchangeable((Basket.Full) machine.freeze(new Held().message()));
        assertUnchangeable((Basket.Full) throughTheWire(new Held().message()));
    }

    @Test
    void aViewOfAListThatStillChangesIsCopiedToo() {
        List<Integer> own = new ArrayList<>(List.of(1, 2));

        Basket.Strict frozen = (Basket.Strict) machine.freeze(new Basket.Strict(Collections.unmodifiableList(own)));
        own.clear();

        assertEquals(List.of(1, 2), frozen.numbers());
    }

    @Test
    void aMessageWithoutCollectionsIsItself() {
        Basket.Label label = new Basket.Label(1, OWNER, PLUM, Optional.of(PLUM), new Basket.Pair<>(PLUM, 3L));
        assertSame(label, machine.freeze(label));
    }

    @Test
    void aSortedSetOfAnotherOrderArrivesInTheOrderThatItHasOnTheWire() {
        Held held = new Held();
        SortedSet<String> backwards = new TreeSet<>(Comparator.reverseOrder());
        backwards.addAll(List.of("a", "b", "c"));
        SortedMap<NodeId, List<Integer>> backwardsMap = new TreeMap<>(Comparator.reverseOrder());
        backwardsMap.put(NodeId.of(1), List.of());
        backwardsMap.put(NodeId.of(2), List.of());
        Basket.Full message = new Basket.Full(
                List.of(),
                List.of(),
                backwards,
                backwardsMap,
                held.plain,
                new Basket.Box(held.boxed),
                Optional.empty(),
                new Basket.Nothing(Duration.ZERO));

        for (Object arrived : List.of(machine.freeze(message), throughTheWire(message))) {
            assertEquals(List.of("a", "b", "c"), List.copyOf(((Basket.Full) arrived).set()));
            assertEquals(
                    List.of(NodeId.of(1), NodeId.of(2)),
                    List.copyOf(((Basket.Full) arrived).map().keySet()));
        }
    }

    @Test
    void aCallComesBackAsItWasWrittenAndNobodyCanChangeIt() {
        SortedMap<String, List<Integer>> more = new TreeMap<>();
        more.put("x", List.of(2));
        Event.Call call = EventRules.call(machine, "take", List.of(List.of(1), more, 7));
        StateWriter out = new StateWriter();
        machine.writeCall(call, out);
        StateReader in = new StateReader(out.toByteArray());
        Event.Call read = machine.readCall(in);
        in.expectEnd();
        assertTrue(machine.writesCalls());
        assertEquals(call, read);
        assertThrows(
                UnsupportedOperationException.class,
                () -> ((List<?>) read.arguments().get(0)).clear());
        Event.Call unknown = new Event.Call("steal", List.of());
        assertEquals(
                "FS106",
                assertThrows(ProtocolException.class, () -> machine.writeCall(unknown, out))
                        .code());
        assertThrows(EncodingException.class, () -> machine.readCall(new StateReader(new byte[] {9})));
    }

    @Test
    void whatIsNoMessageIsRefused() {
        ProtocolException refused = assertThrows(ProtocolException.class, () -> machine.freeze("text"));
        assertEquals("FS101", refused.code());
    }

    @Test
    void theArgumentsOfACallArePartedFromTheCaller() {
        List<Integer> given = new ArrayList<>(List.of(1));
        SortedMap<String, List<Integer>> more = new TreeMap<>();
        more.put("x", new ArrayList<>(List.of(2)));

        List<Object> frozen =
                EventRules.call(machine, "take", List.of(given, more, 7)).arguments();
        more.get("x").clear();
        more.clear();
        given.clear();

        assertEquals(List.of(List.of(1), new TreeMap<>(Collections.singletonMap("x", List.of(2))), 7), frozen);
        assertThrows(UnsupportedOperationException.class, () -> ((List<?>) frozen.get(0)).clear());
    }

    @Test
    void argumentsWithoutCollectionsOrOfNoCallStayAsTheyAre() {
        List<Object> arguments = List.of(OWNER);
        assertSame(arguments, machine.freezeArguments("give", arguments));
        assertSame(arguments, machine.freezeArguments("nothing of the kind", arguments));
    }

    @Test
    void wrongArgumentsAreRefusedAtAnyDepth() {
        for (List<Object> wrong : List.of(
                List.<Object>of(List.of(1)),
                List.<Object>of(Arrays.asList(1, null), new TreeMap<>(), 7),
                List.<Object>of(List.of(), new TreeMap<>(Collections.singletonMap("x", "no list")), 7))) {
            ProtocolException refused =
                    assertThrows(ProtocolException.class, () -> EventRules.call(machine, "take", wrong));
            assertEquals("FS106", refused.code(), wrong.toString());
        }
        ProtocolException unknown =
                assertThrows(ProtocolException.class, () -> EventRules.call(machine, "tale", List.of()));
        assertEquals("FS106", unknown.code());
    }
}
