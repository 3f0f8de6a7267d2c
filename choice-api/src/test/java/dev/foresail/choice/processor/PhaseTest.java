package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Phase;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.Sized;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Phases;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.sample.Canvass;
import dev.foresail.choice.sample.Canvass.Done;
import dev.foresail.choice.sample.Canvass.Opinion;
import dev.foresail.choice.sample.Canvass.Order;
import dev.foresail.choice.sample.Canvass.Question;
import dev.foresail.choice.sample.Canvass.Refused;
import dev.foresail.choice.sample.Canvass.Reply;
import dev.foresail.choice.sample.CanvassMachine;
import dev.foresail.choice.sample.Courier;
import dev.foresail.choice.sample.CourierMachine;
import dev.foresail.choice.sample.layers.Assembly;
import dev.foresail.choice.sample.layers.AssemblyMachine;
import dev.foresail.choice.sample.layers.CensusTaking;
import dev.foresail.choice.sample.layers.CensusTakingMachine;
import dev.foresail.choice.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phases: several nodes are asked, and what comes next waits for their answers. */
class PhaseTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final NodeId FOUR = NodeId.of(4);

    @TempDir
    Path output;

    private final CanvassMachine machine = new CanvassMachine();
    private final EmbeddedNode<Canvass> node =
            EmbeddedNode.of(machine, ONE).with(canvass -> canvass.others.addAll(List.of(TWO, THREE, FOUR)));

    private static Object question(long number, String topic) {
        return new CanvassMachine.QuestionAsk(number, new Question(topic));
    }

    private static Object opinion(long number) {
        return new CanvassMachine.QuestionAnswer(number, new Opinion(new TreeSet<>()));
    }

    private static Object order(long number, String topic) {
        return new CanvassMachine.OrderAsk(number, new Order(topic));
    }

    private static Object reply(long number, Reply reply) {
        return new CanvassMachine.OrderAnswer(number, reply);
    }

    private static List<Sent> toAll(Object message, NodeId... nodes) {
        return List.of(nodes).stream().map(each -> new Sent(each, message)).toList();
    }

    private List<String> events() {
        return node.state().events;
    }

    @Test
    void onePhaseLeadsToTheNext() {
        node.call("ask", "peace");
        assertEquals(toAll(question(1, "peace"), TWO, THREE, FOUR), node.takeSent());
        assertEquals(Map.of("heard-deadline", Duration.ofSeconds(5)), node.timers());
        node.deliver(THREE, opinion(1));
        assertEquals(List.of(), events());
        assertEquals(Set.of(TWO, FOUR), node.state().opinions.awaited());
        node.deliver(TWO, opinion(1));
        assertEquals(List.of("heard peace [n2, n3]"), events());
        assertEquals(toAll(order(1, "peace"), TWO, THREE), node.takeSent(), "in the same step");
        assertEquals(Map.of(), node.timers(), "the deadline has ended with the phase");
        node.deliver(TWO, reply(1, new Done())).deliver(THREE, reply(1, new Done()));
        assertEquals("settled {n2=Done[], n3=Done[]}", events().get(1));
        assertEquals(List.of(), node.takeSent());
    }

    @Test
    void lateAndDoubledAnswersAndThoseOfStrangersAreDropped() {
        node.call("ask", "peace").takeSent();
        node.deliver(TWO, opinion(1)).deliver(TWO, opinion(1)).deliver(NodeId.of(9), opinion(1));
        assertEquals(Set.of(TWO), node.state().opinions.answers().keySet());
        node.deliver(THREE, opinion(2)).deliver(THREE, opinion(0));
        assertEquals(List.of(), events(), "they have the number of another phase");
        node.deliver(THREE, opinion(1)).deliver(FOUR, opinion(1));
        assertEquals(List.of("heard peace [n2, n3]"), events());
        node.call("ask", "bread").deliver(FOUR, opinion(1));
        assertEquals(Set.of(), node.state().opinions.answers().keySet(), "an answer to what was asked before");
    }

    @Test
    void aSecondBeginningTakesThePlaceOfTheFirst() {
        node.call("ask", "peace").deliver(TWO, opinion(1)).advance(Duration.ofSeconds(4));
        node.takeSent();
        node.call("ask", "bread");
        assertEquals(toAll(question(2, "bread"), TWO, THREE, FOUR), node.takeSent());
        node.advance(Duration.ofSeconds(4));
        assertEquals(List.of(), events(), "the deadline has begun anew");
        node.advance(Duration.ofSeconds(1));
        assertEquals(List.of("too few []"), events());
    }

    @Test
    void atTheDeadlineThereIsWhatThereIs() {
        node.call("ask", "peace").deliver(THREE, opinion(1)).advance(Duration.ofSeconds(5));
        assertEquals(List.of("too few [n3]"), events());
        assertTrue(!node.state().opinions.isRunning());
        node.deliver(TWO, opinion(1));
        assertEquals(List.of("too few [n3]"), events());
    }

    @Test
    void whoseConnectionBreaksIsNotWaitedForButMayStillAnswer() {
        node.call("ask", "peace").connectionError(TWO).connectionError(THREE);
        assertEquals(Set.of(FOUR), node.state().opinions.awaited());
        node.deliver(THREE, opinion(1)).connectionError(FOUR);
        assertEquals(List.of("too few [n3]"), events(), "nobody is left who may answer");
        node.call("ask", "bread").connectionError(TWO).deliver(TWO, opinion(2)).deliver(FOUR, opinion(2));
        assertEquals("heard bread [n2, n4]", events().get(1));
    }

    @Test
    void whoAsksNobodyHasAllAnswersAtOnce() {
        node.with(canvass -> canvass.others.clear()).call("ask", "peace");
        assertEquals(List.of("too few []"), events(), "none is no majority of none");
        node.with(canvass -> canvass.orders.begin(new Order("peace"), List.of()))
                .call("giveUp");
        assertEquals("settled {}", events().get(1));
        assertEquals(List.of(), node.sent());
        assertEquals(Map.of(), node.timers());
    }

    @Test
    void whatIsGivenUpIsNotHeardOfAgain() {
        node.call("ask", "peace").deliver(TWO, opinion(1)).call("giveUp");
        assertEquals(Map.of(), node.timers());
        node.deliver(THREE, opinion(1));
        assertEquals(List.of(), events());
    }

    @Test
    void aMethodSaysWhatIsEnough() {
        node.call("ask", "war").deliver(TWO, opinion(1)).deliver(THREE, opinion(1));
        node.deliver(TWO, reply(1, new Refused("no")));
        assertEquals("settled {n2=Refused[why=no]}", events().get(1), "one that refuses is enough");
    }

    @Test
    void whoIsAskedAnswersAtOnceOrLaterOrNotAtAll() {
        node.deliver(TWO, question(7, "peace"));
        assertEquals(toAll(opinion(7), TWO), node.takeSent());
        assertEquals(List.of("asked by n2"), node.notes());
        node.with(canvass -> canvass.isAsleep = true).deliver(THREE, question(8, "peace"));
        assertEquals(List.of(), node.sent());
        node.deliver(TWO, new Canvass.Wake());
        assertEquals(toAll(opinion(8), THREE), node.takeSent());
        node.deliver(TWO, question(9, "secret")).deliver(TWO, order(3, "war"));
        assertEquals(toAll(reply(3, new Refused("no")), TWO), node.takeSent());
    }

    /** The one goes on, as its field is durable; of the other only the number is left, so that no answer is taken for one to the next question. */
    @Test
    void afterACrashWhatIsDurableGoesOn() {
        node.call("ask", "peace").deliver(TWO, opinion(1)).deliver(THREE, opinion(1));
        node.deliver(TWO, reply(1, new Done())).connectionError(THREE);
        node.with(canvass -> canvass.orders.begin(new Order("bread"), List.of(TWO, THREE, FOUR)))
                .call("ask", "bread")
                .deliver(TWO, reply(2, new Done()))
                .connectionError(THREE);
        node.takeSent();
        node.restart();
        assertEquals(toAll(order(2, "bread"), THREE, FOUR), node.takeSent(), "who has not answered is asked again");
        assertEquals(Map.of(), node.timers());
        node.deliver(TWO, opinion(2));
        node.with(canvass -> canvass.others.addAll(List.of(TWO, THREE, FOUR))).call("ask", "salt");
        assertEquals(toAll(question(3, "salt"), TWO, THREE, FOUR), node.takeSent());
        node.deliver(THREE, opinion(2)).deliver(FOUR, opinion(2));
        assertEquals(List.of(), events());
        node.deliver(THREE, reply(2, new Done())).deliver(FOUR, reply(2, new Done()));
        assertEquals(1, events().size());
    }

    @Test
    void whatIsKeptIsStateLikeAllElse() {
        node.call("ask", "peace").deliver(TWO, opinion(1)).connectionError(THREE);
        Canvass state = node.state();
        Canvass copy = machine.copy(state);
        StateWriter written = new StateWriter();
        machine.write(state, written);
        Canvass read = machine.read(new StateReader(written.toByteArray()), state);
        node.deliver(FOUR, opinion(1));
        for (Canvass each : List.of(copy, read)) {
            assertEquals(new Question("peace"), each.opinions.asked().orElseThrow());
            assertEquals(Set.of(TWO), each.opinions.answers().keySet());
            assertEquals(Set.of(FOUR), each.opinions.awaited());
            StateWriter again = new StateWriter();
            machine.write(each, again);
            assertEquals(written.fingerprint(), again.fingerprint());
        }
        assertTrue(
                machine.describe(copy)
                        .contains(
                                "opinions=#1 Question[topic=peace] answered {n2=Opinion[supporters=[]]}, awaited [n4], lost [n3]"));
        assertTrue(machine.describe(node.state()).contains("opinions=idle after 1"));
    }

    @Test
    void theGeneratedMessagesAreMessagesLikeOthers() {
        SortedSet<NodeId> supporters = new TreeSet<>(Set.of(TWO));
        CanvassMachine.QuestionAnswer sent = new CanvassMachine.QuestionAnswer(5, new Opinion(supporters));
        Object frozen = machine.freeze(sent);
        StateWriter written = new StateWriter();
        machine.writeMessage(sent, written);
        supporters.add(THREE);
        Object wanted = new CanvassMachine.QuestionAnswer(5, new Opinion(new TreeSet<>(Set.of(TWO))));
        assertEquals(wanted, frozen);
        assertEquals(wanted, machine.readMessage(new StateReader(written.toByteArray())));
        assertTrue(machine.handlesConnectionErrors());
        assertEquals(
                List.of("heard-answer", "heard-deadline", "settled-answer", "phases-lost", "phases-resume"),
                machine.handlers().stream()
                        .map(each -> each.name())
                        .filter(each -> each.contains("-"))
                        .toList());
        assertEquals(
                "FS101",
                assertThrows(ProtocolException.class, () -> node.deliver(TWO, new Question("bare")))
                        .code());
    }

    @Test
    void layersHavePhasesOfTheirOwnWhichLeadToEachOther() {
        EmbeddedNode<Stack> stack = EmbeddedNode.ofLayers(ONE, Assembly.class, CensusTaking.class);
        Assembly assembly = stack.state().layer(Assembly.class);
        stack.call("invite", TWO, THREE);
        assertEquals(Set.of("invited-deadline"), stack.timers().keySet());
        assertEquals(
                toAll(new AssemblyMachine.InvitationAsk(1, new Assembly.Invitation()), TWO, THREE), stack.takeSent());
        stack.deliver(TWO, new AssemblyMachine.InvitationAnswer(1, true));
        stack.deliver(THREE, new AssemblyMachine.InvitationAnswer(1, true));
        Object question = new CensusTakingMachine.QuestionAsk(1, new CensusTaking.Question());
        assertEquals(toAll(question, TWO, THREE), stack.takeSent(), "begun below in the same step");
        assertEquals(Set.of("counted-deadline"), stack.timers().keySet());
        stack.deliver(TWO, new CensusTakingMachine.QuestionAnswer(1, true)).connectionError(THREE);
        assertEquals(List.of(1), assembly.counts, "told above in the step of the broken connection");
        assertEquals(Map.of(), stack.timers());
        stack.deliver(THREE, question);
        assertEquals(toAll(new CensusTakingMachine.QuestionAnswer(1, true), THREE), stack.takeSent());
    }

    /** The messages of compiling a protocol with these members beside a phase of questions. */
    private String compile(String members) {
        Compilation compilation = Compilation.of(output, """
                @Protocol("p") class P {
                record Ask() {}
                record Say(int number) {}
                final Phase<Ask, Say> round = new Phase<>();
                """ + members + "\n}");
        compilation.assertMarkedMistakes();
        return compilation.toString();
    }

    private static final String SAYS = "@OnMessage Say say(Ask ask) { return new Say(1); }\n";

    @Test
    void fs516EveryPhaseHasOneHandler() {
        String text = compile(SAYS + """
                final Phase<Ask, Say> forgotten = new Phase<>(); //! FS516
                @OnPhase(of = "rund") //! FS516
                void one() {}
                @OnPhase(of = "round")
                void two() {}
                @OnPhase(of = "round") //! FS516
                void three() {}
                """);
        assertTrue(text.contains("did you mean 'round'?"), text);
        assertTrue(text.contains("nothing goes on after the phase 'forgotten'"), text);
        text = compile(SAYS + """
                record More() {}
                Phase<More, Say> loose = new Phase<>();
                @OnMessage Say more(More more) { return new Say(2); }
                @OnPhase(of = "round") void one() {}
                @OnPhase(of = "loose") //! FS516
                void two() {}
                """);
        assertTrue(text.contains("must be a final field"), text);
    }

    @Test
    void fs517SomebodyAnswers() {
        String text = Compilation.of(output, """
                @Protocol("p") class P {
                record Ask() {}
                record Say(int number) {}
                final Phase<Ask, Say> round = new Phase<>();
                @OnPhase(of = "round") void one() {}
                }
                """).toString();
        assertTrue(text.contains("no handler answers Ask; add @OnMessage"), text);
        text = compile("""
                @OnMessage void say(Ask ask) {} //! FS517
                @OnPhase(of = "round") void one() {}
                """);
        assertTrue(text.contains("must return the answer that 'round' waits for"), text);
        compile("""
                @OnMessage String say(Ask ask) { return ""; } //! FS517
                @OnPhase(of = "round") void one() {}
                """);
        text = compile(SAYS + """
                final Phase<Ask, Say> again = new Phase<>(); //! FS517
                @OnPhase(of = "round") void one() {}
                @OnPhase(of = "again") void two() {}
                """);
        assertTrue(text.contains("is asked in another phase already"), text);
        text = compile(SAYS + """
                @OnMessage Say unasked(Say say) { return say; } //! FS003
                @OnPhase(of = "round") void one(Node node) { node.send(node.self(), new Ask()); } //! FS015
                """);
        assertTrue(text.contains("begin 'round' with it"), text);
        text = Compilation.of(output, """
                @Protocol("p") class P {
                record Ask() {}
                record AskAnswer() {}
                final Phase<Ask, Boolean> round = new Phase<>(); //! FS517
                @OnMessage boolean say(Ask ask) { return true; }
                @OnMessage void other(AskAnswer other) {}
                @OnPhase(of = "round") void one(SortedMap<NodeId, Boolean> answers) {}
                }
                """).toString();
        assertTrue(text.contains("could not be told from others of these names"), text);
    }

    @Test
    void fs518WhatIsEnoughIsAWordOrAQuestion() {
        String text = compile(SAYS + """
                boolean isMost(SortedMap<NodeId, Say> says) { return true; }
                @OnPhase(of = "round", until = "isMots", otherwise = "one") //! FS518
                void one() {}
                """);
        assertTrue(text.contains("did you mean 'isMost'?"), text);
        text = compile(SAYS + """
                boolean isMost(SortedMap<NodeId, Integer> says) { return true; }
                int number() { return 1; }
                @OnPhase(of = "round", until = "isMost", otherwise = "number") //! FS518 FS518
                void one() {}
                """);
        assertTrue(text.contains("gets nothing for its parameter 'says'"), text);
        assertTrue(text.contains("'number' must return void"), text);
        text = compile(SAYS + """
                @OnCall void stop() {}
                @OnPhase(of = "round", otherwise = "stop") //! FS518
                void one() {}
                """);
        assertTrue(text.contains("'stop' is a handler of something else"), text);
    }

    @Test
    void fs518WhoWaitsForEnoughSaysWhatIsOtherwise() {
        String text = compile(SAYS + """
                @OnPhase(of = "round", until = "majority") //! FS518
                void one() {}
                """);
        assertTrue(text.contains("runs only when enough have answered, 'majority'; say by otherwise"), text);
        compile(SAYS + """
                @OnPhase(of = "round", until = "majority", otherwise = "one")
                void one() {}
                """);
    }

    @Test
    void fs516HandlersOfPhasesHaveNamesOfTheirOwn() {
        String text = compile(SAYS + """
                record More() {}
                final Phase<More, Say> more = new Phase<>();
                @OnMessage Say tell(More question) { return new Say(2); }
                @OnPhase(of = "round", deadline = "1s") void ended(Ask asked) {}
                @OnPhase(of = "more", deadline = "2s") //! FS516
                void ended(More asked) {}
                """);
        assertTrue(text.contains("another phase has a handler named 'ended'"), text);
    }

    /** Its handlers of starts and restarts are asked in another control state. */
    @Test
    void whatIsDurableGoesOnWhoeverElseTakesTheRestart() {
        EmbeddedNode<Courier> courier = EmbeddedNode.of(new CourierMachine(), ONE);
        courier.call("dispatch", TWO).takeSent();
        courier.restart();
        assertEquals(List.of("restarted"), courier.notes());
        assertEquals(toAll(new CourierMachine.ParcelAsk(1, new Courier.Parcel(List.of())), TWO), courier.takeSent());
        courier.call("leave").restart();
        assertEquals(List.of("restarted"), courier.notes(), "on the way it takes no restart");
        assertEquals(toAll(new CourierMachine.ParcelAsk(1, new Courier.Parcel(List.of())), TWO), courier.takeSent());
        assertEquals(Set.of("delivered-deadline"), courier.timers().keySet());
    }

    @Test
    void whatIsAskedStaysAsItWasAndAsLargeAsItIs() {
        EmbeddedNode<Courier> courier = EmbeddedNode.of(new CourierMachine(), ONE);
        courier.call("pack", 3).call("dispatch", TWO).call("pack", 4);
        assertEquals(List.of(3, 4), courier.state().weights);
        Courier.Parcel asked = courier.state().parcels.asked().orElseThrow();
        assertEquals(List.of(3), asked.weights());
        assertThrows(UnsupportedOperationException.class, () -> asked.weights().add(5));
        Sized sent = (Sized) courier.takeSent().get(0).message();
        assertEquals(100, sent.bytes(), "the question is sized by an interface of its own");
    }

    @Test
    void whoHasNotBeenAskedYetIsNotLost() {
        Phase<Order, Reply> phase = new Phase<>();
        phase.begin(new Order("peace"), List.of(TWO, THREE));
        Phases.lost(phase, TWO);
        assertEquals(Set.of(TWO, THREE), phase.awaited());
        phase.restore(phase.state());
        Phases.lost(phase, TWO);
        assertEquals(Set.of(THREE), phase.awaited(), "as soon as it has been asked it is");
    }

    @Test
    void fs519DeadlinesAreDurations() {
        for (String deadline : List.of("500", "soon", "0s")) {
            compile(SAYS + "@OnPhase(of = \"round\", deadline = \"" + deadline + "\") //! FS519\nvoid one() {}");
        }
    }

    @Test
    void itIsAHandlerLikeOthers() {
        compile(SAYS + """
                @OnPhase(of = "round")
                void one(int number) {} //! FS003
                """);
        compile(SAYS + """
                @OnPhase(of = "round", deadline = "1s")
                void one(SortedMap<NodeId, Say> says, SortedMap<NodeId, Say> more) {} //! FS003
                """);
        compile(SAYS + """
                @OnTimer("one-deadline") void two(Node node) { node.setTimer("one-deadline", Duration.ZERO); }
                @OnPhase(of = "round", deadline = "1s")
                void one() {} //! FS012
                """);
    }
}
