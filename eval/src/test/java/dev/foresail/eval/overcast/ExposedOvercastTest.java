package dev.foresail.eval.overcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.eval.chord.NextHops;
import dev.foresail.eval.overcast.OvercastMessages.Accepted;
import dev.foresail.eval.overcast.OvercastMessages.Certificate;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Experiment.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ExposedOvercastTest {
    private static final NodeId ROOT = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final NodeId FOUR = NodeId.of(4);
    private static final int FEW = 4;

    private static EmbeddedNode<ExposedOvercast> node(NodeId self) {
        return EmbeddedNode.of(new ExposedOvercastMachine(), self, Map.of("chunkBytes", "0"))
                .start();
    }

    private record View(SortedMap<NodeId, ExposedOvercast> states) implements SystemView<ExposedOvercast> {
        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeSet<>(states.keySet());
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public ExposedOvercast state(NodeId node) {
            return states.get(node);
        }

        @Override
        public long ageNanos(NodeId node) {
            return 0;
        }
    }

    /** A tree in which who is above and what was measured is as given. */
    private static View tree(Map<NodeId, NodeId> parents, Map<NodeId, Map<NodeId, Double>> highest) {
        SortedMap<NodeId, ExposedOvercast> states = new TreeMap<>();
        states.put(ROOT, node(ROOT).state());
        parents.keySet().forEach(id -> states.put(id, node(id).state()));
        parents.forEach((id, above) -> {
            states.get(id).parent = Optional.of(above);
            states.get(id).highest.putAll(highest.getOrDefault(id, Map.of()));
            Optional.ofNullable(states.get(above))
                    .ifPresent(feeding -> feeding.children.put(id, new OvercastNode.Child(0, 0, 0)));
        });
        return new View(states);
    }

    @Test
    void aNodeAsksForOthersOnlyWhileItLooksForAPlace() {
        EmbeddedNode<ExposedOvercast> node = node(TWO);
        node.deliver(ROOT, new Accepted(List.of(ROOT), List.of(THREE)));
        node.with(state -> {
            state.sharing.add(NodeId.of(7));
            state.below.put(FOUR, new Certificate(FOUR, TWO, 1, true));
            state.below.put(NodeId.of(5), new Certificate(NodeId.of(5), TWO, 1, false));
        });
        assertEquals(new TreeSet<>(), node.state().family(), "nobody needs to be known until then");
        node.fire("evaluate");
        assertEquals(
                new TreeSet<>(List.of(ROOT, THREE, FOUR, NodeId.of(7))),
                node.state().family(),
                "who takes from the same accesses, and who is below, but not the dead");
    }

    @Test
    void whatANodeGetsIsItsShareOfTheAccessAbove() {
        Map<NodeId, Map<NodeId, Double>> highest =
                Map.of(TWO, Map.of(ROOT, 100.0), THREE, Map.of(ROOT, 100.0, TWO, 80.0));
        assertEquals(50, ExposedOvercast.expectedRate(tree(Map.of(TWO, ROOT, THREE, ROOT), highest)));
        assertEquals(
                90,
                ExposedOvercast.expectedRate(tree(Map.of(TWO, ROOT, THREE, TWO), highest)),
                "100 over the root's whole access, and of these as much as the link takes");
    }

    @Test
    void whoHasNoWayToTheSourceGetsNothing() {
        Map<NodeId, Map<NodeId, Double>> highest = Map.of(TWO, Map.of(THREE, 100.0), THREE, Map.of(TWO, 100.0));
        assertEquals(0, ExposedOvercast.expectedRate(tree(Map.of(TWO, THREE, THREE, TWO), highest)), "a circle");
        assertEquals(0, ExposedOvercast.expectedRate(tree(Map.of(TWO, FOUR), highest)), "below a stranger");
    }

    @Test
    void aRunIsTheSameEachTimeAndItsPlacesArePredicted() {
        OvercastTrial.Outcome once = new OvercastTrial<>(OvercastForm.predicted(), FEW, 1).play();
        assertEquals(once, new OvercastTrial<>(OvercastForm.predicted(), FEW, 1).play());
        assertTrue(once.decisions().predicted() + once.decisions().cached() > 0, once::toString);
        assertEquals(0, once.failures());
        assertTrue(once.bytesPerSecond() > 0, once::toString);
    }

    private static OvercastTrial.Outcome outcome(String form, double bytesPerSecond) {
        return new OvercastTrial.Outcome(form, 1, bytesPerSecond, 1, 1, 1, 1, DecisionCounts.NONE, 0);
    }

    private static List<Boolean> held(double ownRule, double random, double predicted) {
        List<OvercastTrial.Outcome> runs = new ArrayList<>();
        runs.add(outcome(OvercastForm.OWN_RULE, ownRule));
        runs.add(outcome(OvercastForm.RANDOM, random));
        runs.add(outcome(OvercastForm.PREDICTED, predicted));
        return ExposedOverlays.report(runs, NextHops.Runs.NONE, 1, "").bars().stream()
                .limit(runs.size())
                .map(Bar::holds)
                .toList();
    }

    @Test
    void theBarsAreOfTheOwnRuleAndOfRandomPlaces() {
        assertEquals(List.of(true, true, true), held(100, 100, 110));
        assertEquals(List.of(false, true, true), held(100, 100, 109));
        assertEquals(List.of(true, false, true), held(100, 120, 115));
    }
}
