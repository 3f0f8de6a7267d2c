package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.AggregateValues;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.sample.Heir;
import dev.foresail.choice.sample.HeirMachine;
import dev.foresail.choice.sample.base.Counting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A protocol with two superclasses, one of which is of another package, is like one that has it all itself. */
class InheritedMachineTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Machine<Heir> machine = new HeirMachine();

    private byte[] bytes(Heir state) {
        StateWriter out = new StateWriter();
        machine.write(state, out);
        return out.toByteArray();
    }

    private EmbeddedNode<Heir> grown() {
        return EmbeddedNode.of(machine, ONE)
                .start()
                .call("meet", TWO)
                .call("tell", 3)
                .deliver(TWO, new Counting.Number(2))
                .advance(Duration.ofMillis(10));
    }

    @Test
    void allIsDescribedTheHighestSuperclassFirst() {
        Heir state = machine.create(List.of(10));

        assertEquals(List.of(new ParameterDescription("most", Integer.class, Optional.of("10"))), machine.parameters());
        assertEquals(
                List.of("sum", "others", "seen", "told"),
                machine.values(state).stream().map(FieldValue::name).toList());
        assertEquals("most=10, sum=0, others=[], seen=[], told=0", machine.describe(state));
        assertEquals(
                List.of("start", "tick", "add", "pass", "meet", "tell"),
                machine.handlers().stream().map(HandlerDescription::name).toList());
        assertEquals(
                List.of("largest", "told"),
                machine.metrics().stream().map(MetricDescription::name).toList());
        assertEquals(
                List.of("isNotNegative", "isBounded"),
                machine.properties().stream().map(PropertyDescription::name).toList());
    }

    @Test
    void inheritedHandlersRunAndOverridingOnesReplaceThem() {
        EmbeddedNode<Heir> node = grown();

        assertEquals(
                "most=10, sum=5, others=[n2], seen=[2, 0], told=1",
                machine.describe(node.state()),
                "2 twice and a tick");
        node.deliver(ONE, new Counting.Number(3));
        node.choices(Choices.scripted(TWO));
        node.takeSent();
        node.deliver(TWO, new Counting.Number(4));
        assertEquals(List.of(new Sent(TWO, new Counting.Number(4))), node.takeSent(), "it is full");
    }

    @Test
    void copiesAreEqualAndIndependent() {
        Heir state = grown().state();
        byte[] before = bytes(state);

        Heir copy = machine.copy(state);
        assertArrayEquals(before, bytes(copy));
        assertNotSame(state.others, copy.others);

        copy.others.clear();
        copy.sum = -1;
        assertArrayEquals(before, bytes(state));
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        Heir state = grown().state();
        StateReader in = new StateReader(bytes(state));

        Heir read = machine.read(in, machine.create(List.of(10)));
        in.expectEnd();

        assertEquals(machine.describe(state), machine.describe(read));
    }

    @Test
    void aRestartKeepsInheritedDurableFields() {
        assertEquals(
                "most=10, sum=5, others=[], seen=[], told=0", machine.describe(machine.restarted(grown().state())));
    }

    @Test
    void inheritedQuestionsAreAskedOfTheProtocolsStates() {
        EmbeddedNode<Heir> node = grown().known("total", TWO, 40);
        View view = new View(node.state());

        assertEquals(45, node.aggregate("total"));
        assertEquals(Optional.of(new TreeSet<>(List.of(TWO))), machine.neighbours(node.state()));
        assertEquals(5.0, machine.metrics().get(0).evaluate(view, new NoAggregates()));
        assertEquals(List.of(true, true), holding(view));
        node.state().sum = -1;
        assertEquals(List.of(false, true), holding(view));
        node.state().sum = 21;
        assertEquals(List.of(true, false), holding(view));
    }

    private List<Boolean> holding(View view) {
        return machine.properties().stream().map(each -> each.holds(view)).toList();
    }

    /** For a metric that does not look at them. */
    private static final class NoAggregates implements AggregateValues {
        @Override
        public <V> Known<V> of(String name) {
            return null;
        }
    }

    /** A view of the one node n1. */
    private record View(Heir heir) implements SystemView<Heir> {
        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeSet<>(List.of(ONE));
        }

        @Override
        public Heir state(NodeId asked) {
            return heir;
        }

        @Override
        public long ageNanos(NodeId asked) {
            return 0;
        }

        @Override
        public boolean isComplete() {
            return true;
        }
    }
}
