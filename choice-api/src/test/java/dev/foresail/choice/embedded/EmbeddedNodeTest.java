package dev.foresail.choice.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Histogram;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.sample.Basket;
import dev.foresail.choice.sample.Clash;
import dev.foresail.choice.sample.ClashMachine;
import dev.foresail.choice.sample.Lookout;
import dev.foresail.choice.sample.LookoutMachine;
import dev.foresail.choice.sample.Tree;
import dev.foresail.choice.sample.Tree.Join;
import dev.foresail.choice.sample.Tree.Welcome;
import dev.foresail.choice.sample.Tree.Work;
import dev.foresail.choice.sample.TreeMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EmbeddedNodeTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId FOUR = NodeId.of(4);
    private static final NodeId FIVE = NodeId.of(5);
    private static final NodeId NINE = NodeId.of(9);

    private static EmbeddedNode<Tree> fullNode() {
        return EmbeddedNode.of(new TreeMachine(), SELF).with(tree -> {
            tree.children.addAll(List.of(FOUR, FIVE));
            tree.load.putAll(Map.of(FOUR, 1, FIVE, 1));
        });
    }

    private static void assertCode(String code, Executable failing) {
        assertEquals(code, assertThrows(ProtocolException.class, failing).code());
    }

    @Test
    void aNodeWithRoomAdoptsAndOneWithoutForwards() {
        var node = EmbeddedNode.of(Tree.class, SELF);
        node.deliver(FOUR, new Join(FOUR, 1)).deliver(FIVE, new Join(FIVE, 1));
        assertEquals(List.of(new Sent(FOUR, new Welcome(SELF)), new Sent(FIVE, new Welcome(SELF))), node.takeSent());

        node.choices(Choices.scripted(FIVE)).deliver(NINE, new Join(NINE, 1));

        assertEquals(List.of(new Sent(FIVE, new Join(NINE, 1))), node.sent());
        assertEquals(List.of(new Decision("tree.delegate.child", List.of(FOUR, FIVE), FIVE)), node.decisions());
        assertEquals(2, node.state().load.get(FIVE));
    }

    @Test
    void configurationIsGivenAsInYaml() {
        var node = EmbeddedNode.of(new TreeMachine(), SELF, Map.of("fanout", "1", "period", "2s"));

        node.start();

        assertEquals(1, node.state().fanout);
        assertEquals(Map.of("probe", Duration.ofSeconds(2)), node.timers());
        assertThrows(
                IllegalArgumentException.class, () -> EmbeddedNode.of(new TreeMachine(), SELF, Map.of("fan", "1")));
    }

    @Test
    void timePassesAndTimersFire() {
        var node = EmbeddedNode.of(new TreeMachine(), SELF);
        assertThrows(IllegalStateException.class, () -> node.fire("probe"));

        node.start().advance(Duration.ofMillis(1200));

        assertEquals(Map.of("probe", Duration.ofMillis(300)), node.timers());
        node.fire("probe");
        assertEquals(Map.of("probe", Duration.ofMillis(500)), node.timers());
        assertCode("FS102", () -> node.fire("prob"));
    }

    @Test
    void aRestartKeepsWhatIsDurable() {
        var node = fullNode().start();
        node.with(tree -> tree.parent = NINE);

        node.restart();

        assertEquals(101, node.state().starts);
        assertEquals(new TreeSet<>(), node.state().children);
        assertEquals(null, node.state().parent);
        assertEquals(Map.of("probe", Duration.ofMillis(500)), node.timers());
    }

    @Test
    void deferredMessagesAreTriedAgainInOrderAfterEveryEvent() {
        var node = fullNode();
        node.deliver(NINE, new Work(7)).deliver(NINE, new Work(8));
        assertEquals(
                List.of(new Event.Delivery(NINE, new Work(7)), new Event.Delivery(NINE, new Work(8))), node.deferred());

        node.choices(Choices.scripted("pass(n5)", "keep")).connectionError(FOUR);

        assertEquals(List.of(), node.deferred());
        assertEquals(List.of(new Sent(FIVE, new Work(7))), node.sent());
        assertEquals(8, node.state().starts);
        assertEquals("tree.work#handler", node.decisions().get(0).point());
    }

    @Test
    void aSuspicionIsNoConnectionError() {
        var node = EmbeddedNode.of(new LookoutMachine(), SELF).with(lookout -> {
            lookout.leader = FOUR;
            lookout.others.addAll(List.of(FIVE, NINE));
        });

        node.connectionError(FIVE).connectionError(FOUR);
        assertEquals(List.of(new Sent(FOUR, new Lookout.Ask())), node.takeSent());
        assertEquals(FOUR, node.state().leader);

        node.choices(Choices.scripted(NINE)).suspicion(FOUR);
        assertEquals(List.of(new Sent(NINE, new Lookout.Lead())), node.takeSent());
        assertEquals(NINE, node.state().leader);

        node.suspicion(FIVE);
        assertEquals(new TreeSet<>(), node.state().others);
        assertEquals(List.of(), node.sent());
    }

    @Test
    void aProtocolWithoutAHandlerIsToldNothingOfASuspicion() {
        var node = fullNode().suspicion(FOUR);

        assertEquals(new TreeSet<>(List.of(FOUR, FIVE)), node.state().children);
        assertTrue(new LookoutMachine().handlesSuspicions());
        assertFalse(new TreeMachine().handlesSuspicions());
    }

    @Test
    void aMachineSaysWhetherItsProtocolCanNoticeConnections() {
        assertTrue(new TreeMachine().handlesConnectionErrors());
        assertFalse(new ClashMachine().handlesConnectionErrors());
    }

    @Test
    void aCallIsRefusedWhenItsGuardSaysSo() {
        var node = EmbeddedNode.of(new TreeMachine(), SELF);

        node.call("join", NINE);

        assertEquals(List.of(new Sent(NINE, new Join(SELF, 1))), node.sent());
        assertCode("FS105", () -> node.call("join", SELF));
        assertCode("FS106", () -> node.call("leave"));
        assertCode("FS106", () -> node.call("join", 9));
        assertCode("FS101", () -> node.deliver(NINE, "hello"));
    }

    @Test
    void aggregatesAreComputedFromWhatTheTestSaysIsKnown() {
        var node = fullNode().known("size", FOUR, 3).known("levels", FOUR, Histogram.one());

        assertEquals(4, node.aggregate("size"));
        assertEquals(new Histogram(List.of(1, 1)), node.aggregate("levels"));
        assertCode("FS104", () -> node.aggregate("sise"));
        assertCode("FS104", () -> node.known("sise", FOUR, 1));
    }

    @Test
    void whatAHandlerAsksOfNodeIsChecked() {
        var node = EmbeddedNode.of(new ClashMachine(), SELF);

        assertCode("FS101", () -> node.call("sendNonsense"));
        assertCode("FS102", () -> node.call("armNonsense", "tick"));
        assertCode("FS103", () -> node.call("chooseAmong", 0));
        assertCode("FS103", () -> node.call("chooseAmong", 65));
        assertCode("FS104", () -> node.call("askForText"));
        assertCode("FS107", () -> node.call("giveUp"));
        assertCode("FS108", () -> node.call("guarded"));
        assertCode("FS110", () -> node.call("overlapping"));
    }

    @Test
    void aHandlerThatThrowsHasNoEffect() {
        var node = EmbeddedNode.of(new ClashMachine(), SELF);

        assertCode("FS107", () -> node.call("giveUp"));

        assertEquals(0, node.state().number);
        assertEquals(List.of(), node.sent());
        assertEquals(Map.of(), node.timers());
    }

    @Test
    void aNodeHandleIsOfNoUseAfterItsHandler() {
        var node = EmbeddedNode.of(new ClashMachine(), SELF);

        node.call("keepHandle");

        assertThrows(IllegalStateException.class, Clash.Kept::use);
    }

    @Test
    void exploringRunsEveryCombinationOfChoicesAndDraws() {
        List<Integer> numbers = new ArrayList<>();
        int runs = EmbeddedNode.explore(
                () -> EmbeddedNode.of(new ClashMachine(), SELF),
                node -> numbers.add(node.call("chooseAmong", 3).call("draw").state().number));

        assertEquals(6, runs);
        assertEquals(List.of(0, 10, 1, 11, 2, 12), numbers);
    }

    @Test
    void aScriptThatDoesNotFitSaysWhatWasAsked() {
        var node = fullNode().choices(Choices.scripted(NINE));

        var wrong = assertThrows(IllegalStateException.class, () -> node.deliver(NINE, new Join(NINE, 1)));

        assertTrue(String.valueOf(wrong.getMessage()).contains("tree.delegate.child"), wrong.getMessage());
        assertEquals(Optional.empty(), node.decisions().stream().findAny());
    }

    @Test
    void whatASenderChangesAfterSendingIsNotInTheMessage() {
        var node = EmbeddedNode.of(Basket.class, SELF).call("give", FOUR);

        assertEquals(
                List.of(
                        new Sent(FOUR, new Basket.Strict(List.of(1))),
                        new Sent(FOUR, new Basket.Strict(List.of(1, 2)))),
                node.sent());
    }

    @Test
    void aReceiverCannotChangeAMessage() {
        List<Integer> numbers = new ArrayList<>(List.of(1));
        var node = EmbeddedNode.of(Basket.class, SELF);

        assertThrows(UnsupportedOperationException.class, () -> node.deliver(FOUR, new Basket.Strict(numbers)));

        assertEquals(List.of(1), numbers);
        assertEquals(List.of(), node.state().numbers);
    }

    @Test
    void theArgumentsOfACallStayTheCallers() {
        List<Integer> numbers = new ArrayList<>(List.of(7));
        var node = EmbeddedNode.of(Basket.class, SELF);

        assertThrows(UnsupportedOperationException.class, () -> node.call("takeAndAdd", numbers));
        assertEquals(List.of(7), numbers);

        node.call("take", numbers, new TreeMap<>(), 1);
        numbers.clear();
        assertEquals(List.of(7), node.state().numbers);
    }
}
