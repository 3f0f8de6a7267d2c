package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnSilence;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.sample.Shepherd;
import dev.foresail.choice.sample.ShepherdMachine;
import dev.foresail.choice.sample.layers.ContactKeeping;
import dev.foresail.choice.sample.layers.ContactKeepingMachine;
import dev.foresail.choice.sample.layers.Trade;
import dev.foresail.choice.sample.layers.TradeMachine;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detectors: nodes that give no sign of life. */
class DetectorTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final Object PING = new ShepherdMachine.Ping();
    private static final Object PONG = new ShepherdMachine.Pong();

    @TempDir
    Path output;

    private final ShepherdMachine machine = new ShepherdMachine();
    private final EmbeddedNode<Shepherd> node = EmbeddedNode.of(machine, ONE);

    private void second() {
        node.advance(Duration.ofSeconds(1));
    }

    /** Patience of 2.5 s takes three probes: the first after a second, so the fourth second is the first without hope. */
    @Test
    void whoDoesNotAnswerIsToldOf() {
        node.call("keep", TWO).call("keep", THREE);
        assertEquals(Set.of("sheepLost-probe"), node.timers().keySet());
        second();
        assertEquals(List.of(new Sent(TWO, PING), new Sent(THREE, PING)), node.takeSent());
        node.deliver(THREE, PONG);
        assertEquals(Map.of(TWO, 1), node.state().unanswered);
        second();
        second();
        assertEquals(Map.of(TWO, 3, THREE, 2), node.state().unanswered);
        assertEquals(List.of(), node.state().lost);
        second();
        assertEquals(List.of(TWO), node.state().lost);
        assertEquals(Map.of(THREE, 3), node.state().unanswered);
        node.deliver(THREE, new Shepherd.Bleat());
        assertEquals(Map.of(), node.state().unanswered, "any message is a sign of life");
        assertEquals(List.of("lost " + TWO), node.notes());
    }

    @Test
    void pingsAreAnsweredByWhoeverGetsThem() {
        node.deliver(TWO, PING);
        assertEquals(List.of(new Sent(TWO, PONG)), node.takeSent());
        assertEquals(Map.of(), node.timers(), "who watches nobody has nothing to wait for");
    }

    @Test
    void nodesThatAreWatchedNoLongerAreForgottenAndTheTimerEndsWithThem() {
        node.call("keep", TWO).call("keep", THREE).call("keep", ONE);
        second();
        assertEquals(2, node.takeSent().size(), "nobody probes itself");
        node.call("sell", TWO);
        assertEquals(Map.of(THREE, 1), node.state().unanswered);
        node.call("sell", THREE);
        assertEquals(Map.of(), node.state().unanswered);
        assertEquals(Map.of(), node.timers());
        node.call("keep", TWO);
        second();
        assertEquals(Map.of(TWO, 1), node.state().unanswered, "who comes back begins anew");
        node.call("sleep");
        assertEquals(Map.of(), node.timers(), "control states and guards say when to watch at all");
        assertEquals(Map.of(), node.state().unanswered);
    }

    @Test
    void aProtocolMaySendAndExpectMessagesOfItsOwn() {
        node.call("meet", TWO).call("keep", THREE).call("sleep").advance(Duration.ofSeconds(5));
        assertEquals(List.of(new Sent(TWO, new Shepherd.Hail(1))), node.takeSent());
        node.deliver(TWO, new Shepherd.Bleat());
        assertEquals(Map.of(TWO, 1), node.state().neighbourUnanswered);
        node.deliver(TWO, new Shepherd.Reply(3));
        assertEquals(Map.of(), node.state().neighbourUnanswered);
        node.advance(Duration.ofSeconds(10));
        assertEquals(List.of(TWO), node.state().lost);
        node.advance(Duration.ofSeconds(10));
        assertEquals(List.of(TWO, TWO), node.state().lost, "who is still among the nodes is watched anew");
    }

    @Test
    void pingsGoOverTheWireAndAreTold() {
        assertEquals(5, machine.messageTypes().size());
        for (Object each : List.of(PING, PONG)) {
            StateWriter out = new StateWriter();
            machine.writeMessage(each, out);
            assertEquals(each, machine.readMessage(new StateReader(out.toByteArray())));
            assertEquals(each, machine.freeze(each));
        }
        assertEquals(List.of("sheepLost-probe", "neighbourLost-probe"), machine.timers());
        assertEquals(
                List.of("timer sheepLost-probe", "timer neighbourLost-probe", "message Ping", "message Pong", "start"),
                machine.handlers().stream()
                        .skip(7)
                        .flatMap(each -> each.events().stream())
                        .toList());
        assertEquals("sheepLost-probe", machine.handlers().get(7).name());
        assertEquals(
                List.of("answer-ping", "hear-pong", "begin-watching"),
                machine.handlers().stream()
                        .skip(9)
                        .map(HandlerDescription::name)
                        .toList());
        assertEquals(List.of("in AWAKE"), machine.handlers().get(7).guards());
    }

    /** Whoever is in durable state is watched again at once. */
    @Test
    void aNodeThatStartsAgainWatchesWhomItRemembers() {
        node.start();
        assertEquals(Map.of(), node.timers());
        node.call("meet", TWO).call("keep", THREE).restart();
        assertEquals(Set.of("neighbourLost-probe"), node.timers().keySet());
        assertEquals(Optional.of(TWO), node.state().neighbour);
    }

    /** The whole of what a detector knows is in the state. */
    @Test
    void aCopyGoesOnWhereTheOriginalWas() {
        node.call("keep", TWO);
        second();
        second();
        Shepherd copy = machine.copy(node.state());
        assertEquals(Map.of(TWO, 2), copy.unanswered);
        assertEquals(Map.of(), machine.restarted(copy).unanswered);
    }

    /** Each layer has pings of its own, and what one notices others are told by an upcall. */
    @Test
    void aDetectorBelowTellsTheLayersAbove() {
        EmbeddedNode<Stack> stack = EmbeddedNode.ofLayers(ONE, Trade.class, ContactKeeping.class);
        Trade trade = stack.state().layer(Trade.class);
        stack.call("trade", TWO).call("trade", THREE).call("join", TWO);
        assertEquals(
                Set.of("trade.silent-probe", "contact-keeping.silent-probe"),
                stack.timers().keySet());
        stack.advance(Duration.ofSeconds(1));
        assertEquals(
                List.of(new ContactKeepingMachine.Ping(), new ContactKeepingMachine.Ping(), new TradeMachine.Ping()),
                stack.takeSent().stream()
                        .map(Sent::message)
                        .sorted(Comparator.comparing(each -> each.getClass().getName()))
                        .toList());
        stack.deliver(TWO, new ContactKeepingMachine.Pong());
        assertEquals(Map.of(TWO, 1), trade.unanswered, "a message of another layer is no sign of life in this one");
        stack.advance(Duration.ofSeconds(1));
        assertEquals(List.of("gone " + THREE), trade.events);
        stack.connectionError(TWO).advance(Duration.ofSeconds(1));
        assertEquals(List.of("gone " + THREE, "gone " + TWO, "silent " + TWO), trade.events);
        assertEquals(Map.of(), stack.timers());
    }

    @Test
    void pingsOfSeveralLayersAreToldApartInWhatPeopleRead() {
        StackMachine layers = StackMachine.of(List.of(new TradeMachine(), new ContactKeepingMachine()));
        assertEquals(
                List.of("trade.Ping", "trade.Pong", "contact-keeping.Ping", "contact-keeping.Pong"),
                layers.messageNames());
        Event ping = new Event.Delivery(TWO, new ContactKeepingMachine.Ping());
        assertEquals("message contact-keeping.Ping", layers.kind(ping));
        assertEquals("contact-keeping.Ping", new ContactKeepingMachine.Ping().toString());
        assertEquals(
                List.of("contact-keeping.answer-ping"),
                layers.handlers().stream()
                        .filter(each -> each.events().contains(layers.kind(ping)))
                        .map(HandlerDescription::name)
                        .toList());
        assertEquals("timer x", layers.kind(new Event.TimerFired("x")));
    }

    @Test
    void fs507AConfiguredPeriodThatCannotBeIsMet() {
        EmbeddedNode<Shepherd> hasty = EmbeddedNode.of(machine, ONE, Map.of("round", "3s"));
        ProtocolException refused = assertThrows(ProtocolException.class, () -> hasty.call("keep", TWO));
        assertEquals("FS507", refused.code());
        assertEquals(Map.of(), hasty.timers());
    }

    /** Has handlers and messages with names that generated ones might have, looks at what its detector counts, and at more than a guard may. */
    @Protocol("ward")
    static final class Ward {
        record Sign() {}

        final SortedSet<NodeId> patients = new TreeSet<>();
        final SortedMap<NodeId, Integer> unanswered = new TreeMap<>();
        final List<String> changes = new ArrayList<>();
        boolean isCurious;

        boolean isOnDuty(Node node) {
            return !isCurious || node.nowNanos() > 0;
        }

        @OnCall
        void watch(NodeId patient) {
            patients.add(patient);
        }

        @OnCall
        void answerPing(NodeId patient) {
            patients.remove(patient);
        }

        @OnMessage
        void hearPong(Sign sign) {}

        @OnSilence(of = "patients", counts = "unanswered", every = "1s", within = "5s", when = "isOnDuty")
        void silent(NodeId patient) {}

        @OnChange("unanswered")
        void counted(SortedMap<NodeId, Integer> before) {
            changes.add(before + " to " + unanswered);
        }
    }

    private final EmbeddedNode<Ward> ward = EmbeddedNode.of(new DetectorTest_WardMachine(), ONE);

    @Test
    void whoIsForgottenIsAChangeOfWhatIsCounted() {
        ward.call("watch", TWO).advance(Duration.ofSeconds(1));
        ward.call("answerPing", TWO);
        assertEquals(List.of("{} to {" + TWO + "=1}", "{" + TWO + "=1} to {}"), ward.state().changes);
    }

    @Test
    void fs108ADetectorsGuardMayAskOnlyWhoItIs() {
        ward.with(state -> state.isCurious = true);
        ProtocolException refused = assertThrows(ProtocolException.class, () -> ward.call("watch", TWO));
        assertEquals("FS108", refused.code());
        assertEquals(Set.of(), ward.state().patients);
    }

    /** Coverage tells handlers apart by their names. */
    @Test
    void generatedHandlersHaveNamesThatNoMethodHas() {
        List<String> names = new DetectorTest_WardMachine()
                .handlers().stream().map(HandlerDescription::name).toList();
        assertEquals(
                List.of(
                        "watch",
                        "answerPing",
                        "hearPong",
                        "silent-probe",
                        "answer-ping",
                        "hear-pong",
                        "begin-watching"),
                names);
    }

    /** The messages of compiling a protocol with these members and a set of children. */
    private String compile(String members) {
        Compilation compilation = Compilation.of(output, """
                @Protocol("p") class P {
                final SortedSet<NodeId> children = new TreeSet<>();
                final SortedMap<NodeId, Integer> counts = new TreeMap<>();
                final SortedMap<NodeId, Integer> others = new TreeMap<>();
                """ + members + "\n}");
        compilation.assertMarkedMistakes();
        return compilation.toString();
    }

    private static String detector(String of, String counts, String every, String within) {
        return "@OnSilence(of = \"%s\", counts = \"%s\", every = \"%s\", within = \"%s\")"
                .formatted(of, counts, every, within);
    }

    @Test
    void fs504SomebodyIsWatched() {
        String text = compile(detector("childern", "counts", "1s", "2s") + " //! FS504\nvoid one(NodeId child) {}\n"
                + "int size;\n" + detector("size", "others", "1s", "2s") + " //! FS504\nvoid other(NodeId child) {}\n"
                + "final SortedMap<NodeId, Integer> more = new TreeMap<>();\n"
                + "List<NodeId> risky() throws Exception { return List.of(); }\n"
                + detector("risky", "more", "1s", "2s") + " //! FS504\nvoid third(NodeId child) {}");
        assertTrue(text.contains("'risky' does not say which nodes: it must not declare exceptions"), text);
        assertTrue(text.contains("did you mean 'children'?"), text);
        assertTrue(text.contains("'size' does not say which nodes"), text);
    }

    @Test
    void fs505PeriodsAndTimeLimitsAreDurationsThatFit() {
        String text = compile("final SortedMap<NodeId, Integer> more = new TreeMap<>();\n"
                + detector("children", "counts", "soon", "2s") + " //! FS505\nvoid one(NodeId child) {}\n"
                + detector("children", "others", "0s", "2s") + " //! FS505\nvoid two(NodeId child) {}\n"
                + detector("children", "more", "3s", "2s") + " //! FS505\nvoid three(NodeId child) {}");
        assertTrue(text.contains("'soon' is neither a duration"), text);
        assertTrue(text.contains("cannot notice silence of 2s by probes every 3s"), text);
    }

    @Test
    void fs506EachDetectorHasAFieldToCountIn() {
        String text = compile("""
                @Durable final SortedMap<NodeId, Integer> kept = new TreeMap<>();
                final SortedMap<NodeId, Long> longs = new TreeMap<>();
                """
                + detector("children", "missing", "1s", "2s") + " //! FS506\nvoid one(NodeId child) {}\n"
                + detector("children", "kept", "1s", "2s") + " //! FS506\nvoid two(NodeId child) {}\n"
                + detector("children", "longs", "1s", "2s") + " //! FS506\nvoid three(NodeId child) {}\n"
                + detector("children", "counts", "1s", "2s") + " void four(NodeId child) {}\n"
                + detector("children", "counts", "1s", "2s") + " //! FS506\nvoid five(NodeId child) {}");
        assertTrue(text.contains("add final SortedMap<NodeId, Integer> missing"), text);
        assertTrue(text.contains("is another detector's"), text);
    }

    @Test
    void fs504WhatIsSentAndExpectedAreMessages() {
        String form = "@OnSilence(of = \"children\", counts = \"%s\", every = \"1s\", within = \"2s\", %s) //! FS504\n"
                + "void lost%s(NodeId child) {}\n";
        String text = compile("""
                final SortedMap<NodeId, Integer> more = new TreeMap<>();
                final SortedMap<NodeId, Integer> most = new TreeMap<>();
                record Hail() {}
                record Other() {}
                @OnMessage void hail(Hail hail) {}
                Hail greeting() { return new Hail(); }
                int number() { return 1; }
                """
                + form.formatted("counts", "send = \"greeeting\"", 1)
                + form.formatted("others", "send = \"number\"", 2)
                + form.formatted("more", "send = \"greeting\", answers = Other.class", 3)
                + form.formatted("most", "answers = Hail.class", 4));
        assertTrue(text.contains("did you mean 'greeting'?"), text);
        assertTrue(text.contains("a ping is answered by a generated message"), text);
        text = compile("""
                record Ping() {}
                @OnMessage void ping(Ping ping) {}
                """ + form.formatted("counts", "when = {}", 1));
        assertTrue(text.contains("own Ping; rename it"), text);
    }

    @Test
    void itIsAHandlerLikeOthers() {
        compile(detector("children", "counts", "1s", "2s") + "\nvoid lost(Node node) {} //! FS003\n"
                + detector("children", "others", "1s", "2s")
                + "\nvoid lost(NodeId child, Node node) {} //! FS012\n"
                + "@OnCall void arm(Node node) {\nnode.setTimer(\"other\", Duration.ZERO); //! FS014\n}");
    }
}
