package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.sample.Everything;
import dev.foresail.choice.sample.Everything_AllMachine;
import dev.foresail.choice.sample.Tree;
import dev.foresail.choice.sample.TreeMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a generated machine says of its protocol and of events. */
class TreeMachineTest {
    private static final NodeId FOUR = NodeId.of(4);
    private static final NodeId FIVE = NodeId.of(5);
    private static final NodeId NINE = NodeId.of(9);

    private final Machine<Tree> machine = new TreeMachine();
    private final Tree state = machine.create(ParameterValues.read(machine.parameters(), Map.of()));
    private final GuardNode node = new GuardNode(NodeId.of(1));

    private int handler(String name) {
        return machine.handlers().stream()
                .map(HandlerDescription::name)
                .toList()
                .indexOf(name);
    }

    private List<Alternative> alternatives(Event event) {
        return machine.alternatives(state, event, node);
    }

    private static Event joining() {
        return new Event.Delivery(NINE, new Tree.Join(NINE, 1));
    }

    @Test
    void theValuesAreTheFieldsOfTheDescriptionWithoutTheConfiguration() {
        state.children.add(NINE);

        List<FieldValue> values = machine.values(state);

        assertEquals(
                List.of(
                        new FieldValue("starts", "0"),
                        new FieldValue("parent", "null"),
                        new FieldValue("children", "[n9]"),
                        new FieldValue("load", "{}")),
                values);
        assertEquals(
                "fanout=2, period=PT0.5S, "
                        + values.stream().map(FieldValue::toString).collect(Collectors.joining(", ")),
                machine.describe(state));
    }

    @Test
    void theMachineDescribesItsProtocol() {
        assertEquals("tree", machine.protocol());
        assertEquals(Tree.class, machine.stateType());
        assertEquals(List.of("probe"), machine.timers());
        assertEquals(
                List.of(Tree.Join.class, Tree.Welcome.class, Tree.Sorry.class, Tree.Work.class),
                machine.messageTypes());
        assertEquals("fanout=2, period=PT0.5S, starts=0, parent=null, children=[], load={}", machine.describe(state));
        assertEquals(
                List.of(new ChoicePointDescription(
                        "tree.delegate.child", Fallback.ROUND_ROBIN, Duration.ofMillis(5), true)),
                machine.handlers().get(handler("delegate")).choicePoints());
        assertEquals(Otherwise.ERROR, machine.otherwise(new Tree.Join(NINE, 1)));
        assertEquals(Otherwise.DEFER, machine.otherwise(new Tree.Work(1)));
    }

    @Test
    void machinesAreFoundByServiceLoader() {
        List<String> protocols = new ArrayList<>();
        for (Machine<?> found : ServiceLoader.load(Machine.class)) {
            protocols.add(found.protocol());
        }

        assertTrue(protocols.containsAll(List.of("all-types", "clash", "tree")), protocols.toString());
    }

    @Test
    void schemasDifferBetweenProtocols() {
        assertEquals(new TreeMachine().schema(), machine.schema());
        assertNotEquals(new Everything_AllMachine().schema(), machine.schema());
    }

    @Test
    void guardsSayWhichHandlerApplies() {
        assertEquals(List.of(Alternative.of(handler("adopt"))), alternatives(joining()));

        state.children.add(NINE);
        assertEquals(List.of(Alternative.of(handler("again"))), alternatives(joining()));
    }

    @Test
    void everyBindingIsAnAlternative() {
        state.children.addAll(List.of(FOUR, FIVE));
        assertEquals(List.of(), alternatives(joining()), "no candidates yet");

        state.load.putAll(Map.of(FOUR, 1, FIVE, 1));
        List<Alternative> found = alternatives(joining());

        int delegate = handler("delegate");
        assertEquals(
                List.of(new Alternative(delegate, List.of(FOUR)), new Alternative(delegate, List.of(FIVE))), found);
        assertEquals("tree.delegate.child", EventRules.choiceName(machine, found));
        assertEquals(Fallback.ROUND_ROBIN, EventRules.fallback(machine, found));
        assertEquals(Duration.ofMillis(5), EventRules.await(machine, found));
        assertTrue(EventRules.isRepeatable(machine, found));
    }

    @Test
    void severalHandlersMakeOneChoice() {
        state.children.add(FOUR);

        List<Alternative> found = alternatives(new Event.Delivery(NINE, new Tree.Work(1)));

        assertEquals(List.of(Alternative.of(handler("keep")), new Alternative(handler("pass"), List.of(FOUR))), found);
        assertEquals("tree.work#handler", EventRules.choiceName(machine, found));
    }

    @Test
    void severalChoicePointsAreACrossProduct() {
        Machine<Everything.All> all = new Everything_AllMachine();
        Everything.All everything = all.create(List.of(1));
        new RandomStates(1).fill(everything);
        Event call = new Event.Call("draw", List.of(2));

        everything.number = 3;
        everything.sorted = new TreeSet<>(List.of("a", "b"));
        List<Alternative> found = all.alternatives(everything, call, node);

        assertEquals(
                List.of(List.of(1, "a"), List.of(1, "b"), List.of(2, "a"), List.of(2, "b")),
                found.stream().map(Alternative::bindings).toList());
        all.run(everything, call, found.get(2), node);
        everything.number = 2;
        assertEquals(List.of(), all.alternatives(everything, call, node), "the guard says no");
    }

    @Test
    void eventsWithoutChoicesAllocateNothing() {
        Event event = new Event.TimerFired("probe");

        assertSame(alternatives(event), alternatives(event));
        assertSame(alternatives(joining()), alternatives(joining()));
    }

    @Test
    void handOversChangeTheAggregateOfTheNodeTheyAreHandedTo() {
        @SuppressWarnings("unchecked")
        AggregateDescription<Tree, Integer> size =
                (AggregateDescription<Tree, Integer>) machine.aggregates().get(0);

        assertTrue(size.isHandOver(new Tree.Join(NINE, 7)));
        assertEquals(10, size.afterHandOver(3, new Tree.Join(NINE, 7)));
        assertEquals(3, size.afterHandOver(3, new Tree.Work(7)));
        state.children.add(FOUR);
        assertEquals(List.of(FOUR), List.copyOf(size.over(state)));
        assertEquals(Optional.of(List.of(FOUR)), machine.neighbours(state).map(List::copyOf));
    }

    @Test
    void aPropertyOfANodeIsUnknownWhenNodesAre() {
        PropertyDescription<Tree> overfull = machine.properties().get(0);
        PropertyDescription<Tree> parent = machine.properties().get(1);
        assertEquals(PropertyDescription.Kind.SAFETY, overfull.kind());
        assertEquals(
                Optional.of(Duration.ofSeconds(30)), machine.properties().get(2).within());

        assertTrue(overfull.holds(new View(state, true)));
        assertThrows(UnknownNodeException.class, () -> parent.holds(new View(state, false)));

        state.children.addAll(List.of(FOUR, FIVE, NINE));
        state.parent = NodeId.of(1);
        assertEquals(false, overfull.holds(new View(state, false)));
        assertEquals(false, parent.holds(new View(state, false)));
    }

    /** A view of the one node n1. */
    private record View(Tree tree, boolean isComplete) implements SystemView<Tree> {
        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeMap<>(Map.of(NodeId.of(1), tree)).navigableKeySet();
        }

        @Override
        public Tree state(NodeId asked) {
            return tree;
        }

        @Override
        public long ageNanos(NodeId asked) {
            return 0;
        }
    }
}
