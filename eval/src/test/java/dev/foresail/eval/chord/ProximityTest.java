package dev.foresail.eval.chord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.eval.chord.Distances.Measured;
import dev.foresail.eval.chord.Proximity.Ping;
import dev.foresail.eval.chord.Proximity.Pong;
import dev.foresail.eval.routing.LookupsMachine;
import dev.foresail.eval.routing.RandomLookups.Find;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Measured distances below lookups, and what is made of them. */
final class ProximityTest {
    private static final double EXACT = 1e-9;
    private static final NodeId ZERO = NodeId.of(0);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId FOUR = NodeId.of(4);
    private static final NodeId EIGHT = NodeId.of(8);
    private static final NodeId FAR = NodeId.of(100);
    private static final Find FIND = new Find(FOUR, 1);
    /** Of the circle, whose places are unsigned. */
    private static final long HALF = Long.MIN_VALUE;

    private static final long QUARTER = 1L << Long.SIZE - 2;

    /** Node 0 of a ring of 0, 2, 4, 8 and 100, each at its id. */
    private static EmbeddedNode<Stack> inRing() {
        StackMachine machine =
                StackMachine.of(List.of(new LookupsMachine(), new ProximityMachine(), new ChordMachine()));
        return EmbeddedNode.of(machine, ZERO, Map.of("hashed", "false"))
                .choices(Choices.first())
                .start()
                .call("join", ZERO)
                .with(stack -> {
                    Chord chord = stack.layer(Chord.class);
                    chord.predecessor = Optional.of(FAR);
                    chord.successors.addAll(List.of(TWO, FOUR));
                    chord.fingers.put(3, EIGHT);
                });
    }

    private static Proximity proximity(EmbeddedNode<Stack> node) {
        return node.state().layer(Proximity.class);
    }

    private static Distances of(double nodes, double meanMillis) {
        return new Distances(nodes, meanMillis, meanMillis, new TreeMap<>());
    }

    @Test
    void whoIsKnownIsMeasuredAndNobodyElseIsKept() {
        EmbeddedNode<Stack> node = inRing();
        node.takeSent();
        node.fire("measure");
        List<Sent> asked = node.takeSent().stream()
                .filter(sent -> sent.message() instanceof Ping)
                .toList();
        assertEquals(
                List.of(TWO, FOUR, EIGHT, FAR), asked.stream().map(Sent::to).toList());
        long askedAtNanos = ((Ping) asked.get(0).message()).askedAtNanos();
        node.advance(Duration.ofMillis(60)).deliver(FOUR, new Pong(askedAtNanos, 5, 50));
        assertEquals(30, proximity(node).distances.millis(FOUR), EXACT);
        assertEquals(30, proximity(node).distances.millis(TWO), EXACT, "as far as others are in the mean");
        node.with(stack -> stack.layer(Chord.class).successors.remove(FOUR));
        node.fire("measure");
        assertEquals(Map.of(), proximity(node).distances.measured());
    }

    @Test
    void aQuestionIsAnsweredWithHowManyNodesThereMayBeAndHowLongHopsAre() {
        EmbeddedNode<Stack> node = inRing();
        node.with(stack -> stack.layer(Proximity.class).distances = of(7, 50));
        node.takeSent();
        node.deliver(EIGHT, new Ping(3));
        assertEquals(List.of(new Sent(EIGHT, new Pong(3, 7, 0))), node.takeSent(), "it has measured nobody");
        node.with(stack -> {
            Proximity own = stack.layer(Proximity.class);
            own.distances = own.distances.with(TWO, new Measured(30, 7, 60));
        });
        node.deliver(EIGHT, new Ping(4));
        assertEquals(List.of(new Sent(EIGHT, new Pong(4, 7, 45))), node.takeSent());
    }

    /** In a prediction time begins anew. */
    @Test
    void anAnswerFromBeforeTheQuestionSaysNothing() {
        EmbeddedNode<Stack> node = inRing();
        node.deliver(FOUR, new Pong(Long.MAX_VALUE, 5, 50));
        assertEquals(Map.of(), proximity(node).distances.measured());
    }

    @Test
    void measurementsAreSmoothed() {
        Distances twice = Distances.NONE.with(TWO, new Measured(80, 3, 50)).with(TWO, new Measured(160, 9, 60));
        assertEquals(new Measured(90, 9, 60), twice.measured().get(TWO));
        assertEquals(90, twice.meanMillis(), EXACT);
    }

    @Test
    void howLongHopsAreIsEvenedOutWithThoseThatHaveMeasured() {
        Distances told = Distances.NONE
                .with(TWO, new Measured(10, 3, 70))
                .with(FOUR, new Measured(20, 3, 90))
                .with(EIGHT, new Measured(30, 3, Distances.NOT_SAID));
        assertEquals(20, told.meanMillis(), EXACT);
        assertEquals((20 + 70 + 90) / 3.0, told.hopMillis(), EXACT);
        Distances without = told.among(Set.of(TWO, EIGHT), 0, List.of(QUARTER, HALF));
        assertEquals((20 + 70) / 2.0, without.hopMillis(), EXACT);
    }

    @Test
    void theDensityOfThoseThatComeNextTellsHowManyThereAre() {
        Distances alone = Distances.NONE.among(Set.of(), 0, List.of());
        assertEquals(1, alone.nodes(), EXACT);
        Distances four = Distances.NONE.among(Set.of(TWO, FOUR), 0, List.of(QUARTER, HALF));
        assertEquals(5, four.nodes(), EXACT, "two on half of the circle, and itself");
        Distances told =
                Distances.NONE.with(TWO, new Measured(10, 11, 50)).among(Set.of(TWO, FOUR), 0, List.of(QUARTER, HALF));
        assertEquals(8, told.nodes(), EXACT, "the mean with what a neighbour says");
    }

    @Test
    void eachOneInTheLeadingBitsIsAFingerAsCfsHasIt() {
        assertEquals(2, of(4, 50).onesLeft(0, HALF + QUARTER));
        assertEquals(1, of(4, 50).onesLeft(0, HALF + 1));
        assertEquals(0, of(4, 50).onesLeft(0, QUARTER - 1));
        assertEquals(1, of(7.9, 50).onesLeft(0, QUARTER), "of whole ones");
    }

    @Test
    void fewHopsAreLeftNearAKeyAndHalfAHopMoreForTwiceTheWay() {
        assertEquals(1, of(4, 50).hopsLeft(0, 1), 1e-6);
        assertEquals(2, of(32, 50).hopsLeft(0, QUARTER), 1e-3, "one to the node before the root, one to the root");
        assertEquals(2.5, of(64, 50).hopsLeft(0, QUARTER), 1e-3);
        assertEquals(3.5, of(256, 50).hopsLeft(0, QUARTER), 1e-3);
    }

    @Test
    void aHopCostsItsDistanceAndIsWorthTheHopsThatItSaves() {
        EmbeddedNode<Stack> node = inRing();
        Distances distances =
                of(1L << 61, 50).with(EIGHT, new Measured(20, 1, 90)).with(TWO, new Measured(40, 1, 90));
        double hopMillis = (30 + 90 + 90) / 3.0;
        node.with(stack -> stack.layer(Proximity.class).distances = distances);
        node.deliver(FAR, new Chord.Route(50, FIND, false));
        double first = 20 + hopMillis * (distances.hopsLeft(8, 50) - distances.hopsLeft(0, 50));
        assertEquals(first, proximity(node).latenessMillis, EXACT, "to node 8");
        node.deliver(FAR, new Chord.Route(1, FIND, false));
        double second = 40 - hopMillis * distances.hopsLeft(0, 1);
        assertEquals(first + second, proximity(node).latenessMillis, EXACT, "none are left at the root");
    }

    private record View(SortedMap<NodeId, Proximity> states) implements SystemView<Proximity> {
        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeSet<>(states.keySet());
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public Proximity state(NodeId node) {
            return states.get(node);
        }

        @Override
        public long ageNanos(NodeId node) {
            return 0;
        }
    }

    @Test
    void latenessIsThatOfAllNodes() {
        SortedMap<NodeId, Proximity> states = new TreeMap<>();
        for (NodeId id : List.of(TWO, FOUR)) {
            Proximity node = new Proximity(Duration.ofSeconds(1));
            node.latenessMillis = id.value();
            states.put(id, node);
        }
        assertEquals(6, Proximity.lateness(new View(states)), EXACT);
    }

    /** Of a message over a node that is known, after which somebody's answer comes, as in a roll-out. */
    private static double lateness(double beforeMillis, NodeId next, long tookMillis) {
        EmbeddedNode<Stack> node = inRing();
        node.with(stack -> {
            Proximity own = stack.layer(Proximity.class);
            own.distances =
                    of(1L << 61, 50).with(EIGHT, new Measured(20, 1, 80)).with(FOUR, new Measured(20, 1, 80));
            own.latenessMillis = beforeMillis;
        });
        node.choices(Choices.scripted(next)).deliver(FAR, new Chord.Route(50, FIND, false));
        node.advance(Duration.ofMillis(tookMillis)).deliver(next, new Pong(0, 1, 80));
        return Proximity.lateness(new View(new TreeMap<>(Map.of(ZERO, proximity(node)))));
    }

    /** Roll-outs measure too: the longer nodes were up, the more a mean that had changed by it weighed. */
    @Test
    void whatWasBeforeTellsNoAlternativesApart() {
        double difference = lateness(0, EIGHT, 900) - lateness(0, FOUR, 10);
        assertEquals(difference, lateness(-1e5, EIGHT, 900) - lateness(-1e5, FOUR, 10), 1e-6);
        assertEquals(lateness(0, EIGHT, 10), lateness(0, EIGHT, 900), EXACT, "what is measured later is too late");
    }

    /** The closest to the key is far away, and another one near. */
    @Test
    void theProximityRuleTakesTheNearerOfTwoThatLeaveAsManyHops() {
        EmbeddedNode<Stack> node = inRing();
        node.with(stack -> stack.layer(Proximity.class).distances =
                of(1L << 61, 50).with(EIGHT, new Measured(500, 1, 50)).with(FOUR, new Measured(1, 1, 50)));
        Chord chord = node.state().layer(Chord.class);
        List<NodeId> closestFirst = List.of(EIGHT, FOUR, TWO);
        ProximityRule rule =
                new ProximityRule((distances, place, left) -> distances.meanMillis() * distances.onesLeft(place, left));
        assertEquals(1, rule.best(proximity(node).distances, chord, 50, closestFirst));
        assertEquals(0, rule.best(of(1L << 61, 50), chord, 12, List.of(EIGHT, TWO)), "all as far, 8 leaves fewer hops");
    }
}
