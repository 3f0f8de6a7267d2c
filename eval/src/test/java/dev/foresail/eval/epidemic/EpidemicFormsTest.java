package dev.foresail.eval.epidemic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Machine;
import dev.foresail.eval.epidemic.EpidemicMessages.Answer;
import dev.foresail.eval.epidemic.EpidemicMessages.Offer;
import dev.foresail.eval.epidemic.EpidemicMessages.Update;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One node of each form: the exchange, which they share, and how each finds its partner. */
final class EpidemicFormsTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final List<NodeId> VIEW =
            LongStream.rangeClosed(2, 7).mapToObj(NodeId::of).toList();

    private static <S> EmbeddedNode<S> node(Machine<S> machine) {
        return EmbeddedNode.of(machine, SELF).call("meet", VIEW, Duration.ofMillis(100));
    }

    private static List<NodeId> partners(List<Sent> sent) {
        return sent.stream().map(Sent::to).toList();
    }

    private static Offer drawn(long from, int round) {
        return Offer.drawn(false, NodeId.of(from), round);
    }

    /** Both sides of an exchange, whoever chose: afterwards both have the update. */
    private static <S extends EpidemicState> void handsTheUpdateOver(Machine<S> machine) {
        EmbeddedNode<S> lacking = node(machine).deliver(NodeId.of(3), new Answer(true));
        assertTrue(lacking.state().hasHeard());
        assertEquals(List.of(), lacking.sent(), "there is nothing to give back");

        EmbeddedNode<S> having = node(machine).call("tell").deliver(NodeId.of(3), new Answer(false));
        assertEquals(List.of(new Sent(NodeId.of(3), new Update())), having.sent());

        EmbeddedNode<S> asked = node(machine).deliver(NodeId.of(3), drawn(3, 5));
        assertEquals(List.of(new Sent(NodeId.of(3), new Answer(false))), asked.takeSent());
        assertTrue(asked.deliver(NodeId.of(3), new Update()).state().hasHeard());
        assertEquals(
                List.of(new Sent(NodeId.of(4), new Answer(true))),
                asked.deliver(NodeId.of(4), drawn(4, 1)).sent());
    }

    @Test
    void anExchangeLeavesTheUpdateOnBothSidesInAllForms() {
        handsTheUpdateOver(new BarGossipMachine());
        handsTheUpdateOver(new EpidemicMachine());
        handsTheUpdateOver(new FlightPathMachine());
    }

    @Test
    void whoeverHasNotDrawnIsNotAnsweredByTheFormsThatDraw() {
        Offer forged = new Offer(false, 2, 12345);
        assertEquals(
                List.of(),
                node(new BarGossipMachine()).deliver(NodeId.of(3), forged).sent());
        assertEquals(
                List.of(),
                node(new FlightPathMachine()).deliver(NodeId.of(3), forged).sent());
        assertEquals(
                1,
                node(new EpidemicMachine()).deliver(NodeId.of(3), forged).sent().size());
    }

    @Test
    void barGossipAsksTheOneWhomTheRoundNames() {
        EmbeddedNode<BarGossip> node = node(new BarGossipMachine());
        for (int round = 1; round <= 20; round++) {
            node.advance(node.timers().get("round"));
            NodeId expected = VIEW.get((int) (Tickets.of(SELF, round) % VIEW.size()));
            assertEquals(List.of(expected), partners(node.takeSent()));
        }
    }

    @Test
    void flightPathGoesOnAmongTheThreeOfTheRoundUntilThereWasATrade() {
        EmbeddedNode<FlightPath> node = node(new FlightPathMachine()).call("tell");
        node.advance(Duration.ofMillis(100));
        NodeId first = partners(node.takeSent()).get(0);
        node.deliver(first, new Answer(true));
        NodeId second = partners(node.takeSent()).get(0);
        assertEquals(VIEW.get((VIEW.indexOf(first) + 1) % VIEW.size()), second, "nothing to trade with the first");
        node.deliver(second, new Answer(false));
        assertEquals(List.of(new Sent(second, new Update())), node.takeSent());
        node.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), node.sent(), "the round is over");
    }

    @Test
    void flightPathGivesUpWhoeverIsSlowAndAsksNoMoreThanThree() {
        EmbeddedNode<FlightPath> node = node(new FlightPathMachine());
        node.advance(Duration.ofMillis(1_900));
        List<NodeId> asked = partners(node.takeSent());
        assertEquals(3, asked.size(), () -> "asked " + asked);
        assertEquals(3, asked.stream().distinct().count());
        node.deliver(asked.get(0), new Answer(false));
        assertEquals(List.of(), node.sent(), "a late answer does not begin a fourth");
        assertFalse(node.state().hasHeard());
    }

    @Test
    void theExposedFormAsksWhomTheRuntimeChooses() {
        EmbeddedNode<Epidemic> node = node(new EpidemicMachine()).choices(Choices.scripted(NodeId.of(6), NodeId.of(3)));
        node.fire("round").fire("round");
        assertEquals(List.of(NodeId.of(6), NodeId.of(3)), partners(node.takeSent()));
        assertEquals(6, node.decisions().get(0).alternatives().size());
        assertEquals(false, node.aggregate("informed"));
        assertEquals(true, node.call("tell").aggregate("informed"));
    }
}
