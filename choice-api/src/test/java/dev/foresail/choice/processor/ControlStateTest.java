package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.sample.Guest;
import dev.foresail.choice.sample.GuestMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers that are bound to control states. */
class ControlStateTest {
    private static final NodeId HOST = NodeId.of(7);

    @TempDir
    Path output;

    private final GuestMachine machine = new GuestMachine();
    private final Guest guest = machine.create(List.of());

    private List<String> enabled(Event event) {
        return machine.alternatives(guest, event, new GuardNode(NodeId.of(1))).stream()
                .map(each -> machine.handlers().get(each.handler()).name())
                .toList();
    }

    @Test
    void aHandlerAppliesInItsControlStatesOnly() {
        Event enter = new Event.Delivery(HOST, new Guest.Enter());
        Event knock = new Event.Delivery(HOST, new Guest.Knock());
        assertEquals(List.of("visit"), enabled(new Event.Call("visit", List.of(HOST))));
        assertEquals(List.of("tooLate"), enabled(enter));
        assertEquals(List.of("letIn"), enabled(knock));
        guest.place = Guest.Place.AT_THE_DOOR;
        assertEquals(List.of(), enabled(new Event.Call("visit", List.of(HOST))));
        assertEquals(List.of("enter"), enabled(enter));
        assertEquals(List.of(), enabled(knock));
        guest.place = Guest.Place.INSIDE;
        assertEquals(List.of("tooLate"), enabled(enter));
        assertEquals(List.of("letIn"), enabled(knock));
    }

    @Test
    void guardsMustHoldAsWell() {
        guest.place = Guest.Place.AT_THE_DOOR;
        assertEquals(List.of("again"), enabled(new Event.TimerFired("again")));
        guest.knocks = 3;
        assertEquals(List.of("leave"), enabled(new Event.TimerFired("again")));
        guest.place = Guest.Place.OUTSIDE;
        assertEquals(List.of(), enabled(new Event.TimerFired("again")));
    }

    @Test
    void whatIsNotForThisControlStateIsDeferredAsTheHandlerSays() {
        EmbeddedNode<Guest> node = EmbeddedNode.of(Guest.class, NodeId.of(1));
        node.call("visit", HOST);
        node.deliver(NodeId.of(2), new Guest.Knock());
        assertEquals(1, node.sent().size());
        node.deliver(HOST, new Guest.Enter());
        assertEquals(Guest.Place.INSIDE, node.state().place);
        assertEquals(NodeId.of(2), node.sent().get(1).to());
    }

    @Test
    void controlStatesAreToldAmongTheGuards() {
        Map<String, List<String>> guards = machine.handlers().stream()
                .collect(Collectors.toMap(HandlerDescription::name, HandlerDescription::guards));
        assertEquals(List.of("in OUTSIDE"), guards.get("visit"));
        assertEquals(List.of("in AT_THE_DOOR", "isPatient"), guards.get("again"));
        assertEquals(List.of("in OUTSIDE or INSIDE"), guards.get("letIn"));
    }

    /** The messages of compiling a protocol that consists of {@code members}. */
    private String compile(String members) {
        Compilation compilation = Compilation.of(output, "@Protocol(\"p\") class P {\n" + members + "\n}");
        compilation.assertMarkedMistakes();
        return compilation.toString();
    }

    @Test
    void fs508TheControlStateIsOneFieldOfAnEnum() {
        compile("""
                enum Phase { JOINING, JOINED }
                @ControlState Phase phase = Phase.JOINING;
                @ControlState Phase second = Phase.JOINING; //! FS508
                """);
        compile("@ControlState int phase; //! FS508");
        compile("""
                enum Phase { JOINING, JOINED }
                @ControlState final Phase phase = Phase.JOINING; //! FS508
                """);
        String text = compile("enum Phase {}\n@ControlState Phase phase; //! FS508");
        assertTrue(text.contains("must be an enum with constants"), text);
    }

    @Test
    void fs509HandlersAreBoundToStatesThatExist() {
        String text = compile("""
                record Ping() {}
                enum Phase { JOINING, JOINED }
                @ControlState Phase phase = Phase.JOINING;
                @OnMessage
                @In("JIONED") //! FS509
                void one(Ping ping) {}
                @OnCall
                @In({}) //! FS509
                void two() {}
                @In("JOINED") //! FS509
                boolean three() { return true; }
                """);
        assertTrue(text.contains("did you mean 'JOINED'?"), text);
        assertTrue(text.contains("'two' is bound to no control state"), text);
        assertTrue(text.contains("'three' is no handler"), text);
        text = compile("""
                @OnCall
                @In("JOINED") //! FS509
                void one() {}
                """);
        assertTrue(text.contains("mark the enum field that says it @ControlState"), text);
    }

    @Test
    void fs004HandlersOfDifferentControlStatesDoNotOverlap() {
        String text = compile("""
                record Ping() {}
                record Pong() {}
                enum Phase { JOINING, JOINED, GONE }
                @ControlState Phase phase = Phase.JOINING;
                @OnMessage @In("JOINING") void one(Ping ping) {}
                @OnMessage @In({"JOINED", "GONE"}) void two(Ping ping) {}
                @OnMessage @In({"JOINED", "GONE"}) void three(Pong pong) {}
                @OnMessage @In("GONE")
                void four(Pong pong) {} //! FS004
                @OnCall @In("GONE") void call() {}
                @OnCall
                void call(Node node) {} //! FS004
                """);
        assertTrue(text.contains("the handlers 'three' and 'four' both apply"), text);
    }

    @Test
    void theControlStateMayBeThatOfASuperclass() {
        Compilation compilation = Compilation.of(output, """
                abstract class Base {
                    enum Phase { JOINING, JOINED }
                    @ControlState Phase phase = Phase.JOINING;
                    @OnCall @In("JOINING") void join() { phase = Phase.JOINED; }
                }""", """
                @Protocol("p") class P extends Base {
                    @OnCall @In("JOINED") void leave() { phase = Phase.JOINING; }
                }""");
        compilation.assertMarkedMistakes();
        assertEquals("", compilation.toString());
    }
}
