package dev.foresail.choice.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.Contribution;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.sample.layers.DirectRoutingMachine;
import dev.foresail.choice.sample.layers.Retrying;
import dev.foresail.choice.sample.layers.RetryingMachine;
import dev.foresail.choice.sample.layers.RingRouting;
import dev.foresail.choice.sample.layers.RingRoutingMachine;
import dev.foresail.choice.sample.layers.Store;
import dev.foresail.choice.sample.layers.StoreMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A node of several layers, seen by whoever sees a machine. */
class StackMachineTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final Machine<Stack> machine = stack(new StoreMachine(), new RingRoutingMachine(), new RetryingMachine());

    private static StackMachine stack(Machine<?>... layers) {
        return StackMachine.of(List.of(layers));
    }

    private EmbeddedNode<Stack> node(NodeId id) {
        return EmbeddedNode.of(machine, id).start();
    }

    private static Store store(EmbeddedNode<Stack> node) {
        return node.state().layer(Store.class);
    }

    private static Retrying.Data data(long number, Record payload) {
        return new Retrying.Data(number, payload);
    }

    /** Nodes 1 to 3 in a ring: what one asks goes round, through three layers at each node, and is answered directly. */
    @Test
    void aMessageGoesThroughAllLayersInOneStep() {
        EmbeddedNode<Stack> one = node(ONE);
        Store.Put put = new Store.Put(2, List.of("a"), ONE);
        one.call("put", 2L, List.of("a"));
        assertEquals(List.of(new Sent(TWO, data(0, new RingRouting.Hop(2, put)))), one.takeSent());

        EmbeddedNode<Stack> two = node(TWO).deliver(ONE, data(0, new RingRouting.Hop(2, put)));
        assertEquals(1, store(two).forwarded);
        assertEquals(
                List.of(
                        new Sent(ONE, new Retrying.Acknowledgement(0)),
                        new Sent(THREE, data(0, new RingRouting.Hop(2, put)))),
                two.takeSent());

        EmbeddedNode<Stack> three = node(THREE).deliver(TWO, data(0, new RingRouting.Hop(2, put)));
        assertEquals(Map.of(2L, List.of("a")), store(three).values);
        assertEquals(
                List.of(new Sent(TWO, new Retrying.Acknowledgement(0)), new Sent(ONE, data(0, new Store.Done(2)))),
                three.takeSent());

        one.deliver(THREE, data(0, new Store.Done(2)));
        assertEquals(Map.of(2L, 1), store(one).done);
    }

    @Test
    void aLayerIsSwappedWithoutTheOnesAboveKnowing() {
        Machine<Stack> direct = stack(new StoreMachine(), new DirectRoutingMachine(), new RetryingMachine());
        EmbeddedNode<Stack> one = EmbeddedNode.of(direct, ONE).start().call("put", 2L, List.of("a"));
        assertEquals(THREE, one.sent().get(0).to());
        assertEquals("store/direct/retrying", direct.protocol());
        assertTrue(direct.schema() != machine.schema());
    }

    @Test
    void namesThatSeveralLayersHaveBearTheLayersName() {
        assertEquals(List.of("store.again", "retrying.again"), machine.timers());
        assertEquals(
                List.of("put", "drop"),
                machine.calls().stream().map(CallDescription::name).toList());
        assertEquals(
                List.of("nodes", "tries"),
                machine.parameters().stream().map(ParameterDescription::name).toList());
        assertEquals(
                List.of("store.load", "retrying.load"),
                machine.metrics().stream().map(MetricDescription::name).toList());
        assertEquals(
                List.of("keysAreKeptOnce", "store.bounded", "retrying.bounded"),
                machine.properties().stream().map(PropertyDescription::name).toList());
        assertEquals(
                List.of("stored"),
                machine.aggregates().stream().map(AggregateDescription::name).toList());
        assertEquals(
                List.of("values", "done", "lost", "forwarded", "self", "hops", "waiting", "next"),
                machine.values(node(ONE).state()).stream().map(FieldValue::name).toList());
        EmbeddedNode<Stack> one = node(ONE).call("put", 2L, List.of());
        assertEquals(
                Map.of("store.again", Duration.ofMinutes(1), "retrying.again", Duration.ofSeconds(1)), one.timers());
    }

    @Test
    void whoHasSentIsToldThatItWasInVain() {
        EmbeddedNode<Stack> three = EmbeddedNode.of(machine, THREE, Map.of("tries", "2"))
                .start()
                .deliver(TWO, data(0, new RingRouting.Hop(2, new Store.Put(2, List.of(), ONE))))
                .fire("retrying.again")
                .fire("retrying.again");
        assertEquals(List.of(ONE), store(three).lost);
        assertTrue(three.state().layer(Retrying.class).waiting.isEmpty());
    }

    @Test
    void guardsAskLayersBelowAndChangeNothing() {
        EmbeddedNode<Stack> three = node(THREE).call("put", 2L, List.of("a")).call("drop", 2L);
        assertEquals(Map.of(), store(three).values);
        ProtocolException elsewhere = assertThrows(ProtocolException.class, () -> three.call("drop", 1L));
        assertEquals("FS105", elsewhere.code());
    }

    @Test
    void choicesWithinAStackHaveTheLayersNames() {
        EmbeddedNode<Stack> three = node(THREE).choices(Choices.scripted(false)).call("put", 2L, List.of("a"));
        assertEquals(List.of(), three.sent());
        assertEquals("store.answer", three.decisions().get(0).point());
    }

    @Test
    void startsReachEveryLayerInOneStepTheLowestFirst() {
        EmbeddedNode<Stack> one = EmbeddedNode.of(machine, ONE);
        assertEquals(
                1,
                machine.alternatives(one.state(), new Event.Start(), new GuardNode(ONE))
                        .size());
        one.start();
        assertEquals(List.of("retrying: starts"), one.notes());
        assertEquals(List.of(TWO), one.state().layer(RingRouting.class).hops());
        assertEquals(Set.of("store.again"), one.timers().keySet());
        one.connectionError(TWO);
        assertEquals(List.of(TWO), store(one).lost);
    }

    @Test
    void aCopyCallsWithinItself() {
        EmbeddedNode<Stack> one = node(ONE).call("put", 2L, List.of("a"));
        Stack copy = machine.copy(one.state());
        EmbeddedNode<Stack> three = node(THREE);
        machine.run(
                copy,
                new Event.Call("put", List.of(1L, List.of("b"))),
                machine.alternatives(copy, new Event.Call("put", List.of(1L, List.of("b"))), new GuardNode(ONE))
                        .get(0),
                new SilentNode(ONE));
        assertEquals(2, copy.layer(Retrying.class).waiting.size());
        assertEquals(1, one.state().layer(Retrying.class).waiting.size());
        assertEquals(0, three.state().layer(Retrying.class).waiting.size());
    }

    @Test
    void statesAndMessagesAreReadAsTheyWereWritten() {
        EmbeddedNode<Stack> one = node(ONE).call("put", 2L, List.of("a"));
        byte[] written = written(one.state());
        Stack read = machine.read(new StateReader(written), one.state());
        assertEquals(machine.describe(one.state()), machine.describe(read));
        assertEquals(
                List.of(),
                List.of(written(read)).stream()
                        .filter(bytes -> bytes.length != written.length)
                        .toList());
        assertEquals(one.state().layer(Retrying.class).waiting, read.layer(Retrying.class).waiting);

        Object message = one.sent().get(0).message();
        StateWriter out = new StateWriter();
        machine.writeMessage(message, out);
        assertEquals(message, machine.readMessage(new StateReader(out.toByteArray())));
        assertEquals(0, machine.messageTag(new Store.Put(1, List.of(), ONE)));
        assertEquals(-1, machine.messageTag("none"));
        assertEquals(machine.messageTypes().indexOf(Retrying.Data.class), machine.messageTag(message));
    }

    private byte[] written(Stack state) {
        StateWriter out = new StateWriter();
        machine.write(state, out);
        return out.toByteArray();
    }

    @Test
    void whatIsHandedToOtherLayersCanBeChangedByNobody() {
        List<String> given = new ArrayList<>(List.of("a"));
        EmbeddedNode<Stack> one = node(ONE);
        machine.run(
                one.state(),
                new Event.Call("put", List.of(2L, given)),
                machine.alternatives(one.state(), new Event.Call("put", List.of(2L, given)), new GuardNode(ONE))
                        .get(0),
                new SilentNode(ONE));
        given.add("b");
        RingRouting.Hop hop = (RingRouting.Hop)
                one.state().layer(Retrying.class).waiting.get(0L).payload();
        assertEquals(new Store.Put(2, List.of("a"), ONE), hop.payload());

        Record raw = new RingRouting.Hop(2, new Store.Put(2, given, ONE));
        Retrying.Data frozen = (Retrying.Data) machine.freeze(new Retrying.Data(1, raw));
        given.clear();
        Store.Put put = (Store.Put) ((RingRouting.Hop) frozen.payload()).payload();
        assertEquals(List.of("a", "b"), put.values());
        Stack state = one.state();
        List<NodeId> hops = state.layer(Store.class).routing().hops();
        assertThrows(UnsupportedOperationException.class, () -> hops.add(TWO));
        assertNotSame(state.layer(RingRouting.class).hops(), hops);
    }

    @Test
    void aCrashLeavesTheDurableFieldsOfEveryLayer() {
        EmbeddedNode<Stack> three = node(THREE).call("put", 2L, List.of("a")).restart();
        assertEquals(Map.of(2L, List.of("a")), store(three).values);
        assertEquals(Map.of(), store(three).done);
        assertEquals(1, three.state().layer(Retrying.class).next);
        assertTrue(three.state().layer(Retrying.class).waiting.isEmpty());
        three.call("put", 2L, List.of("b"));
        assertEquals(Map.of(2L, List.of("b")), store(three).values);

        Stack older = machine.create(List.of(3, 3));
        List<Integer> asked = new ArrayList<>();
        Stack torn = machine.torn(three.state(), older, field -> {
            asked.add(field);
            return field == 0;
        });
        assertEquals(Map.of(2L, List.of("b")), torn.layer(Store.class).values);
        assertEquals(0, torn.layer(Store.class).forwarded);
        assertEquals(List.of(0, 1, 2), asked);
        assertEquals(0, torn.layer(Retrying.class).next);
        assertEquals(2, machine.torn(three.state(), older, field -> field == 2).layer(Retrying.class).next);
        EmbeddedNode<Stack> two =
                node(TWO).deliver(ONE, data(0, new RingRouting.Hop(2, new Store.Put(2, List.of(), ONE))));
        assertEquals(1, machine.restarted(two.state()).layer(Store.class).forwarded);
        assertEquals(0, machine.torn(two.state(), older, field -> field == 0).layer(Store.class).forwarded);
    }

    @Test
    void propertiesAndMetricsSeeTheirOwnLayer() {
        EmbeddedNode<Stack> three = node(THREE).call("put", 2L, List.of("a"));
        OneNode view = new OneNode(THREE, three.state());
        assertEquals(1.0, machine.metrics().get(0).evaluate(view, AggregatesOfNobody.INSTANCE));
        assertTrue(machine.properties().get(0).holds(view));
        assertTrue(machine.properties().get(1).holds(view));
        List<Contribution<Stack>> contributions =
                machine.properties().get(0).ofMultisets().orElseThrow().contributions();
        assertEquals(Set.of(2L), contributions.get(0).of(three.state(), THREE));
        assertEquals(1, three.aggregate("stored"));
        assertEquals(List.of(ONE), List.copyOf(machine.neighbours(three.state()).orElseThrow()));
    }

    @Test
    void aLayerAloneHasNobodyAboveAndIsToldSoBelow() {
        EmbeddedNode<Retrying> alone =
                EmbeddedNode.of(new RetryingMachine(), ONE).start();
        alone.deliver(TWO, data(4, new Retrying.Acknowledgement(7)));
        assertEquals(List.of(new Sent(TWO, new Retrying.Acknowledgement(4))), alone.sent());

        EmbeddedNode<Stack> top =
                EmbeddedNode.of(stack(new RetryingMachine()), ONE).start();
        top.deliver(TWO, data(4, new Retrying.Acknowledgement(7)));
        assertEquals(List.of("retrying: starts", "retrying: nobody is above to take received"), top.notes());

        EmbeddedNode<Store> store = EmbeddedNode.of(new StoreMachine(), ONE).start();
        ProtocolException missing = assertThrows(ProtocolException.class, () -> store.call("put", 1L, List.of()));
        assertEquals("FS492", missing.code());
    }

    @Test
    void aMessageOfNoLayerIsRefused() {
        record Stranger() {}
        EmbeddedNode<Stack> one = node(ONE);
        Store state = store(one);
        ProtocolException refused =
                assertThrows(ProtocolException.class, () -> state.routing().route(1, new Stranger()));
        assertEquals("FS101", refused.code());
        ProtocolException wrongLayer =
                assertThrows(ProtocolException.class, () -> one.deliver(TWO, data(0, new Retrying.Acknowledgement(1))));
        assertEquals("FS498", wrongLayer.code());
        assertSame(one.state(), one.state());
    }
}
